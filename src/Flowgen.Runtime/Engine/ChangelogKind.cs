namespace Flowgen.Runtime;

/// <summary>What a blob of a changelog holds: the first byte of its records' keys. The numbers are stored and never change.</summary>
internal enum ChangelogKind : byte
{
    /// <summary>The operator's watermark (i64), then for each store its length (i32) and what changed in the epoch.</summary>
    Changes = 1,

    /// <summary>Number of the store (i32), its entries at that time (i64), then a slice of its snapshot.</summary>
    Slice = 2,
}
