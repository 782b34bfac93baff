import { describe, expect, it } from 'vitest';
import { aChannel, noon } from '../testing/builders';
import { asBlock, isLong, lineCount } from './pasting';
import { hindranceOf } from './posting';

const mute = { by: 'mod', reason: 'too loud', until: new Date(noon).toISOString() };
const settings = { topic: '', readOnly: true, native: null };

describe('posting', () => {
  it('is hindered by a mute until it is over', () => {
    const channel = aChannel([], { mute });
    expect(hindranceOf(channel, false, noon - 1)).toEqual({ kind: 'muted', mute });
    expect(hindranceOf(channel, true, noon - 1)).toEqual({ kind: 'muted', mute });
    expect(hindranceOf(channel, false, noon)).toBeNull();
    expect(hindranceOf(aChannel([], { mute: { ...mute, until: null } }), false, noon)?.kind).toBe('muted');
  });

  it('is for operators where only they may', () => {
    const channel = aChannel([], { settings });
    expect(hindranceOf(channel, false, noon)).toEqual({ kind: 'read-only' });
    expect(hindranceOf(channel, true, noon)).toBeNull();
    expect(hindranceOf(aChannel([]), false, noon)).toBeNull();
  });
});

describe('pasting', () => {
  it('asks from the eleventh line on', () => {
    expect(isLong('x\n'.repeat(10))).toBe(false);
    expect(isLong('x\r\n'.repeat(11))).toBe(true);
    expect(lineCount('one\rtwo')).toBe(2);
  });

  it('makes a block that no fence within it ends', () => {
    expect(asBlock('a\r\n```\nb\n\n')).toBe('```\na\n ```\nb\n```');
  });
});
