namespace Flowgen.Log.Commits;

/// <summary>What an entry of a commit record says. The numbers are stored.</summary>
internal enum CommitEntryKind : byte
{
    /// <summary>A topic was created.</summary>
    Topic = 1,

    /// <summary>A schema was registered for a topic.</summary>
    Schema = 2,

    /// <summary>A segment reaches to a position; it comes into being if it is new.</summary>
    SegmentEnd = 3,

    /// <summary>The records of a partition before an offset are deleted.</summary>
    FirstOffset = 4,

    /// <summary>A group has read a partition up to an offset.</summary>
    GroupOffset = 5,
}
