import { getRequestConfig } from 'next-intl/server';
import auth from '../messages/en/auth.json';
import common from '../messages/en/common.json';
import invoices from '../messages/en/invoices.json';
import overview from '../messages/en/overview.json';
import postbacks from '../messages/en/postbacks.json';
import search from '../messages/en/search.json';
import settings from '../messages/en/settings.json';

/** English for now; a second language is a second folder and a choice here. Zones are applied where a time is shown. */
export default getRequestConfig(async () => ({
  locale: 'en',
  timeZone: 'UTC',
  messages: { ...common, ...auth, ...overview, ...invoices, ...postbacks, ...settings, ...search },
}));
