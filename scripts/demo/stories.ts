import { getProvider } from '@/lib/providers';
import { CRYPTO_STORIES, FLAT_STORIES } from './crypto-stories';
import { NOVAPAY_STORIES } from './novapay-stories';
import type { Stories, Story } from './posting';
import type { Shop } from './shops';

const TOLD: Readonly<Record<string, Stories>> = {
  cryptocloud: CRYPTO_STORIES,
  'cryptocloud-v1': FLAT_STORIES,
  trybit: CRYPTO_STORIES,
  novapay: NOVAPAY_STORIES,
};

/** A provider for which nobody wrote stories tells its samples. */
export function storiesOf(shop: Shop): Stories {
  return (
    TOLD[shop.provider] ??
    (getProvider(shop.provider)?.samples ?? []).map(({ build }) => {
      const story: Story = (_dice, _shop, start) => [{ at: start, fields: build(start) }];
      return [1, story] as const;
    })
  );
}
