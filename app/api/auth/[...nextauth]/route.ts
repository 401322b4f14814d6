import { handlers } from '@/lib/staff/auth';

export const { GET, POST } = handlers;
