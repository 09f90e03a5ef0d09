import fc from 'fast-check';

// A law that fails is shrunk for a while, not for ever: whole gatherings are slow to shrink.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
