import { networkOf } from './currency-code';

/** Where a transfer or a parcel can be looked up. Only values of the expected form become part of an address. */

const HEX = /^(?:0x)?[0-9a-f]{64}$/i;
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]{64,90}$/;
const TON = /^(?:[0-9a-f]{64}|[\w+/-]{43}=?)$/i;

interface Explorer {
  readonly at: string;
  readonly form: RegExp;
}

const EXPLORERS: Readonly<Record<string, Explorer>> = {
  BTC: { at: 'https://mempool.space/tx/', form: HEX },
  LTC: { at: 'https://litecoinspace.org/tx/', form: HEX },
  TRC20: { at: 'https://tronscan.org/#/transaction/', form: HEX },
  ERC20: { at: 'https://etherscan.io/tx/', form: HEX },
  BSC: { at: 'https://bscscan.com/tx/', form: HEX },
  ARB: { at: 'https://arbiscan.io/tx/', form: HEX },
  BASE: { at: 'https://basescan.org/tx/', form: HEX },
  OPT: { at: 'https://optimistic.etherscan.io/tx/', form: HEX },
  SOL: { at: 'https://solscan.io/tx/', form: BASE58 },
  TON: { at: 'https://tonviewer.com/transaction/', form: TON },
};

/** The page of a transfer in a public explorer; null for a network or a form we do not know. */
export function explorerLink(currency: string | null, hash: string): string | null {
  const name = networkOf(currency) ?? currency ?? '';
  const explorer = Object.hasOwn(EXPLORERS, name) ? EXPLORERS[name] : undefined;
  return explorer?.form.test(hash) ? explorer.at + encodeURIComponent(hash) : null;
}

/** The public tracking page; null for what is no waybill number. */
export function trackingLink(waybill: string): string | null {
  return /^[0-9A-Z]{8,30}$/i.test(waybill)
    ? `https://novaposhta.ua/tracking/?cargo_number=${encodeURIComponent(waybill)}`
    : null;
}

/** A domestic waybill: 14 digits that start with 20 or 59. */
export function isDomesticWaybill(waybill: string): boolean {
  return /^(?:20|59)\d{12}$/.test(waybill);
}

/** `20450012345678` → `20 4500 1234 5678`, as it stands on the label; any other is left alone. */
export function formatWaybill(waybill: string): string {
  return /^\d{14}$/.test(waybill) ? waybill.replace(/^(\d\d)(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3 $4') : waybill;
}
