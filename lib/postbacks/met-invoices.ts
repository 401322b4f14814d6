const GENERATION = 20_000;

/**
 * Invoices that this process has met lately. An invoice that it has not met is most likely new, and then there is
 * nothing to read before the write: the write itself refuses to make what is there already.
 */
export class MetInvoices {
  private young = new Set<string>();
  private old = new Set<string>();

  has(id: string): boolean {
    return this.young.has(id) || this.old.has(id);
  }

  /** Forgets the oldest some time after twenty thousand newer ones. */
  add(id: string): void {
    if (this.young.size >= GENERATION) {
      this.old = this.young;
      this.young = new Set();
    }
    this.young.add(id);
  }
}
