import { expect, test } from 'vitest';
import { hash, isRight } from '../src/passwords.js';

test('a password is recognised, and no other', async () => {
    const hashed = await hash('correct horse');

    expect(await isRight('correct horse', hashed)).toBe(true);
    expect(await isRight('wrong horse', hashed)).toBe(false);
});
