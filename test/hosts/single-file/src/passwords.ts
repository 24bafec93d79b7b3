import bcrypt from 'bcryptjs';

const SALT_ROUNDS = 8;

export const hash = (password: string) => bcrypt.hash(password, SALT_ROUNDS);

export const isRight = (password: string, hashed: string) => bcrypt.compare(password, hashed);
