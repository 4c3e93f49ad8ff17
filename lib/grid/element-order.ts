/**
 * The order of a grid's row elements among their siblings. An element that is given to another row stays where it is:
 * moving it would make the browser lay it out and paint it as if it were new, and scrolling up would move every element
 * but one.
 */
export class ElementOrder {
  private keys: readonly number[] = [];

  /**
   * `places`, which come in the order of their rows, in the order of their elements. At rest that is the order of the
   * rows, in which screen readers go through them.
   */
  arrange<Place extends { readonly key: number }>(places: readonly Place[], atRest: boolean): readonly Place[] {
    const arranged = atRest ? places : this.kept(places);
    this.keys = arranged.map(({ key }) => key);
    return arranged;
  }

  private kept<Place extends { readonly key: number }>(places: readonly Place[]): Place[] {
    const coming = new Map(places.map((place) => [place.key, place]));
    const staying: Place[] = [];
    for (const key of this.keys) {
      const place = coming.get(key);
      if (place === undefined) continue;
      staying.push(place);
      coming.delete(key);
    }
    return [...staying, ...coming.values()];
  }
}
