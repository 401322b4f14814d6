/** A crypto currency's code names a coin and its network, `USDT_TRC20`; a chain's own coin may stand alone, `BTC`. */

/** Networks of coins that are named without one. */
const OWN_NETWORK: Readonly<Record<string, string>> = {
  BTC: 'BTC',
  LTC: 'LTC',
  SOL: 'SOL',
  TON: 'TON',
  TRX: 'TRC20',
  ETH: 'ERC20',
  BNB: 'BSC',
};

const WITH_NETWORK = /^([A-Z0-9]+)_([A-Z0-9]+)$/;

/** Null where the code does not say. */
export function networkOf(code: string | null): string | null {
  if (code === null) return null;
  if (Object.hasOwn(OWN_NETWORK, code)) return OWN_NETWORK[code] ?? null;
  return WITH_NETWORK.exec(code)?.[2] ?? null;
}

export function coinOf(code: string | null): string | null {
  return code?.replace(WITH_NETWORK, '$1') ?? null;
}
