import type { ReactElement } from 'react';
import { MessagePage } from '../message-page';

export default function Forbidden(): ReactElement {
  return <MessagePage about="forbidden" inDesk />;
}
