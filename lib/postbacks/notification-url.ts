const PREFIX = '/api/postbacks/';
const KEY = /^[A-Za-z0-9_-]{32}$/;
/** A key, and behind it nothing that could belong to one: what was pasted along, such as a full stop or a line's end. */
const KEY_AND_REST = /^([A-Za-z0-9_-]{32})[^A-Za-z0-9]*$/;
/** Somebody may have encoded an encoded address. */
const MAX_ENCODINGS = 3;

/** A request target that means a notification URL, however it is spelled. */
export interface NotificationUrl {
  /** Null: what stands there can be no key of ours. */
  readonly key: string | null;
}

/**
 * Reads a path or a whole address: trailing or doubled slashes, a query, percent-encoding, the absolute form that a proxy
 * sends, characters behind the key. Null: it is no notification URL. Never throws.
 */
export function readNotificationUrl(target: string): NotificationUrl | null {
  const path = target.startsWith(PREFIX) ? target : tidy(target);
  if (path === null) return null;
  const rest = path.slice(PREFIX.length);
  return { key: KEY.test(rest) ? rest : readKey(rest) };
}

function tidy(target: string): string | null {
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/^[/\\]+/, '/');
  const [first = ''] = path.split(/[?#]/, 1);
  const single = `${first.replace(/\/+/g, '/')}/`;
  return single.startsWith(PREFIX) ? single : null;
}

function readKey(rest: string): string | null {
  const [path = ''] = decode(rest.replace(/^\/+/, '').replace(/[?#].*$/s, '')).split(/[?#&;]/, 1);
  return KEY_AND_REST.exec(path)?.[1] ?? null;
}

/** Byte by byte, since a key is ASCII and what is behind it may be no UTF-8. */
function decode(text: string): string {
  let decoded = text;
  for (let times = 0; times < MAX_ENCODINGS && decoded.includes('%'); times += 1) {
    decoded = decoded.replace(/%([\da-f]{2})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  }
  return decoded;
}
