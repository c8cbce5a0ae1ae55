/** The colour of a cable by its medium; the words are those of cables.csv. */
export function mediumColour(medium: string | undefined): string {
  const m = (medium ?? '').toLowerCase();
  if (/cat|twisted|utp|rj45/.test(m)) return 'twisted';
  if (/active|acc|aec/.test(m)) return 'active';
  if (/copper|dac|twinax/.test(m)) return 'copper';
  if (/os2|os1|single|smf/.test(m)) return 'single';
  if (/om\d|multi|aoc|mmf/.test(m)) return 'multi';
  return 'twisted';
}
