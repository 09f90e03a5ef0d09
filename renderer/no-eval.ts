import { config } from 'zod';

/**
 * To be imported before any schema: zod would try to write code of its own out of text, which the policy of our pages
 * refuses and the console then reports as an attack.
 */
config({ jitless: true });
