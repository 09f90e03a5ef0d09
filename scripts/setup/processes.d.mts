export declare function withLock<Result>(root: string, name: string, work: () => Promise<Result>): Promise<Result>
export declare function withHeartbeat<Result>(text: string, work: () => Promise<Result>): Promise<Result>
