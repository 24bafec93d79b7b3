const { PrismaLibSql } = require('@prisma/adapter-libsql')
const { PrismaClient } = require('./generated/prisma')

const url = process.env.DATABASE_URL || 'file:./dev.db'
const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }) })

module.exports = { prisma }
