export { auditChain } from './audit';
export { invitations } from './invitations';
export { deliveries, invoices, transactions } from './invoices';
export { deliveryResolutions, invoiceNotes } from './notes';
export { postbacks } from './postbacks';
export { projectCounters, projectSecrets, projects } from './projects';
export { sessions } from './sessions';
export { signInFailures } from './sign-in-failures';
export { auditLog, exportPresets, settings, staff, staffProjects } from './staff';
