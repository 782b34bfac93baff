import { describe, expect, it } from 'vitest';
import { NewerPage } from './newerPage';

const own = ['/assets/index-a.js', '/assets/index-a.css'];
const document = (...assets: readonly string[]): string => `<html>${assets.map((asset) => `<script src="${asset}"></script>`).join('')}</html>`;

async function foundWith(answer: () => Response, names: readonly string[] = own): Promise<boolean> {
  const page = new NewerPage(names, () => Promise.resolve(answer()));
  await page.look();
  return page.found.state;
}

describe('NewerPage', () => {
  it('is found when the server’s document names other scripts or styles', async () => {
    expect(await foundWith(() => new Response(document(...own)))).toBe(false);
    expect(await foundWith(() => new Response(document('/assets/index-b.js', '/assets/index-a.css')))).toBe(true);
    expect(await foundWith(() => new Response(document('/assets/index-a.js', '/assets/index-b.css')))).toBe(true);
  });

  it('is not made out of a failure, nor of a page that was not built', async () => {
    expect(await foundWith(() => new Response(document(), { status: 503 }))).toBe(false);
    expect(await foundWith(() => { throw new TypeError('Failed to fetch'); })).toBe(false);
    expect(await foundWith(() => new Response(document()), [])).toBe(false);
  });

  it('stays found, and the server is not asked again', async () => {
    let asked = 0;
    const page = new NewerPage(own, () => {
      asked++;
      return Promise.resolve(new Response(document()));
    });
    await page.look();
    await page.look();
    expect([page.found.state, asked]).toEqual([true, 1]);
  });
});
