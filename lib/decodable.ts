/** Whether the path of an address is percent-encoded UTF-8. */
export function isDecodable(address: string): boolean {
  const [path = ''] = address.split(/[?#]/, 1);
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
