import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../generated/prisma/client';

const adapter = new PrismaLibSql({ url: process.env.DATABASE_URL || 'file:./shop.db' });

export const prisma = new PrismaClient({ adapter });
