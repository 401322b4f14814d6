import type { ReactElement } from 'react';
import { ListPage, type ListPageProps, listMetadata } from '@/app/(desk)/lists/list-page';
import { withFound } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { requireRight } from '@/lib/staff/guard';
import { PostbackPanel } from './postback-panel';
import { PostbackResults } from './postback-results';

export const generateMetadata = listMetadata('postbacks');

export default async function PostbacksPage({ searchParams }: ListPageProps): Promise<ReactElement> {
  return (
    <ListPage
      access={await requireRight('seePostbacks')}
      exportView="postbacks"
      list={postbackList}
      lookUp={withFound}
      panel={{ content: PostbackPanel, pageOf: (_access, id) => `/postbacks/${id}` }}
      results={PostbackResults}
      searchParams={searchParams}
    />
  );
}
