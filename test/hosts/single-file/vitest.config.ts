import { defineConfig } from 'vitest/config';

// The database has to be there, and migrated: npm run db:deploy
export default defineConfig({
    test: {
        include: ['test/**/*.test.ts'],
        env: {
            DATABASE_URL:
                process.env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/invoices_test'
        },
        fileParallelism: false,
        hookTimeout: 30_000
    }
});
