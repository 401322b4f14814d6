/** What it takes to show a time: when the page is made, and the zone of the people in front of it. */
export interface Clock {
  readonly now: Date;
  readonly zone: string;
}
