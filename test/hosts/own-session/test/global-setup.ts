import { execSync } from 'node:child_process';
import { rmSync } from 'node:fs';

export function setup() {
	rmSync('test.db', { force: true });
	execSync('npx prisma db push', {
		env: { ...process.env, DATABASE_URL: 'file:./test.db' },
		stdio: 'inherit',
	});
}

export function teardown() {
	rmSync('test.db', { force: true });
}
