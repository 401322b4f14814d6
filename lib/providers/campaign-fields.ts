/** What shops put beside an order to know which advertisement brought it. Links of pages are none: they carry anything. */
const CAMPAIGN_KEYS = [
  ...[
    'source',
    'medium',
    'campaign',
    'term',
    'content',
    'id',
    'source_platform',
    'creative_format',
    'marketing_tactic',
  ].map((name) => `utm_${name}`),
  ...['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'fbclid', 'msclkid', 'ttclid', 'twclid', 'yclid', 'li_fat_id'],
  ...['campaign', 'campaign_id', 'campaign_name', 'source', 'medium', 'channel'],
  ...['ad_id', 'adset_id', 'ad_group', 'adgroup_id', 'click_id', 'clickid', 'affiliate_id', 'partner_id'],
  ...['promo', 'promo_code', 'promocode', 'coupon', 'coupon_code', 'discount_code'],
] as const;

/** Their paths within an object, and within the objects in which shops gather them. */
export function campaignFields(within: string): readonly string[] {
  const gathered = ['utm', 'campaign', 'marketing'].flatMap((group) =>
    ['source', 'medium', 'campaign', 'term', 'content', 'id', 'name', ...CAMPAIGN_KEYS].map((key) => `${group}.${key}`),
  );
  return [...new Set([...CAMPAIGN_KEYS, ...gathered])].map((key) => `${within}.${key}`);
}
