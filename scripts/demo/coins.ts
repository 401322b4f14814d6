import type { Dice } from './dice';

/** Some of the coins that CryptoCloud and Trybit take, at about what they cost. */
export interface Coin {
  readonly fullcode: string;
  readonly code: string;
  readonly name: string;
  readonly network: string;
  readonly networkName: string;
  /** US cents. */
  readonly price: number;
  readonly decimals: number;
  readonly wallet: 'tron' | 'evm' | 'btc' | 'ton' | 'sol';
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

const COINS: readonly (readonly [weight: number, coin: Coin])[] = [
  [46, coin('USDT_TRC20', 'Tether', 'TRC20', 'Tron', 100, 2, 'tron')],
  [9, coin('USDT_TON', 'Tether', 'TON', 'The Open Network', 100, 2, 'ton')],
  [6, coin('USDC_SOL', 'USD Coin', 'SOL', 'Solana', 100, 2, 'sol')],
  [10, coin('BTC', 'Bitcoin', 'BTC', 'Bitcoin', 9_641_200, 8, 'btc')],
  [8, coin('LTC', 'Litecoin', 'LTC', 'Litecoin', 8_730, 8, 'btc')],
  [7, coin('ETH', 'Ethereum', 'ERC20', 'Ethereum', 331_800, 10, 'evm')],
  [4, coin('ETH_ARB', 'Ethereum', 'ARB', 'Arbitrum One', 331_800, 18, 'evm')],
  [5, coin('TON', 'Toncoin', 'TON', 'The Open Network', 342, 9, 'ton')],
  [5, coin('TRX', 'Tron', 'TRX', 'Tron', 29, 6, 'tron')],
  [4, coin('BNB', 'BNB', 'BSC', 'BNB Smart Chain', 88_500, 8, 'evm')],
  [1, coin('USDD_TRC20', 'USDD', 'TRC20', 'Tron', 100, 2, 'tron')],
];

function coin(
  fullcode: string,
  name: string,
  network: string,
  networkName: string,
  price: number,
  decimals: number,
  wallet: Coin['wallet'],
): Coin {
  return { fullcode, code: fullcode.split('_')[0] ?? fullcode, name, network, networkName, price, decimals, wallet };
}

/** One of them, its price a little higher or lower than usual. */
export function pickCoin(dice: Dice): Coin {
  const found = dice.weighted(COINS);
  if (found.price === 100) return found;
  return { ...found, price: Math.max(1, Math.round((found.price * dice.between(930, 1_070)) / 1_000)) };
}

export function walletOf(dice: Dice, { wallet }: Coin): string {
  if (wallet === 'evm') return `0x${dice.hex(40)}`;
  if (wallet === 'tron') return `T${dice.text(33, BASE58)}`;
  if (wallet === 'btc') return `bc1q${dice.text(38, '023456789acdefghjklmnpqrstuvwxyz')}`;
  return wallet === 'ton' ? `UQ${dice.text(46, BASE64URL)}` : dice.text(44, BASE58);
}

export function hashOf(dice: Dice, { wallet }: Coin): string {
  if (wallet === 'sol') return dice.text(88, BASE58);
  return wallet === 'evm' ? `0x${dice.hex(64)}` : dice.hex(64);
}
