export declare function unzip(archive: string, folder: string, place: (name: string) => string | null): Promise<number>
