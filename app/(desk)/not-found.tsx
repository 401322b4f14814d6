import type { ReactElement } from 'react';
import { MessagePage } from '../message-page';

export default function NotFound(): ReactElement {
  return <MessagePage about="notFound" inDesk />;
}
