import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * An answer that stands behind another one on its connection is closed with it. Node tells only the one whose turn it is:
 * of a sender that pipelines and hangs up, the others would count as under way for ever.
 */
export function closeWithConnection(incoming: IncomingMessage, outgoing: ServerResponse): void {
  // Whose turn it is has the connection already.
  if (outgoing.socket !== null) return;
  const { socket } = incoming;
  const close = (): void => {
    if (outgoing.destroyed) return;
    outgoing.destroy();
    // Without a connection of its own it does not say so itself.
    outgoing.emit('close');
  };
  socket.once('close', close);
  outgoing.once('close', () => socket.off('close', close));
}
