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

    /// <summary>A topic was deleted, with everything that belongs to it.</summary>
    TopicDeleted = 6,

    /// <summary>A topic has other settings, or more partitions.</summary>
    TopicAltered = 7,

    /// <summary>Segments of a partition were compacted into others.</summary>
    SegmentsReplaced = 8,

    /// <summary>Batches themselves: the segment that holds them, too, need not be synced before the commit.</summary>
    Data = 9,

    /// <summary>Ids of producers below this one are taken.</summary>
    ProducerIds = 10,

    /// <summary>A transactional id belongs to a producer id and epoch.</summary>
    TransactionalId = 11,

    /// <summary>A producer has appended to a partition up to a sequence.</summary>
    ProducerSequence = 12,

    /// <summary>A group was deleted.</summary>
    GroupDeleted = 13,

    /// <summary>A committed offset of a group was deleted.</summary>
    GroupOffsetDeleted = 14,

    /// <summary>A partition that holds no segment goes on at an offset.</summary>
    PartitionStart = 15,

    /// <summary>A transactional id has not been used since a time and is forgotten.</summary>
    TransactionalIdExpired = 16,
}
