/** The queue has a form for each parcel, and a page may use an id only once. */
export function noteField(deliveryId: string): string {
  return `note-${deliveryId}`;
}
