using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>
/// All that the engine knows of a log. The embedded log and Apache Kafka can both stand behind it, so it promises no more than both give;
/// the remarks of each member say what it is on Kafka. Members may be called by several threads.
/// </summary>
/// <remarks>On Kafka, an instance of the app owns the partitions that its consumer group assigns to it. Assignment makes the tasks of these partitions
/// (restore from changelog and tables, then read from the committed offsets); revocation closes the epoch, commits its transaction and drops the tasks.
/// The embedded log belongs to one process, which owns all partitions from start to end.</remarks>
public interface IEngineLog
{
    /// <summary>Counts what became visible, so that a reader at the end can wait for more without polling.</summary>
    /// <remarks>On Kafka: the number of non-empty fetches of the consumer.</remarks>
    long CommitVersion { get; }

    /// <summary>Creates a topic, or finds the one that is there.</summary>
    /// <param name="topic">The topic as it is declared; a topic that exists keeps its settings.</param>
    /// <returns>The number of partitions that the topic really has.</returns>
    /// <remarks>On Kafka: <c>CreateTopics</c>, and <c>DescribeTopics</c> where it exists.</remarks>
    int EnsureTopic(TopicDeclaration topic);

    /// <summary>Stores the shape of records beside their topic; durable when it returns.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="schema">The shape in bytes.</param>
    /// <returns>A number that stands in each batch; the same bytes have the same number.</returns>
    /// <remarks>On Kafka: a record in a compacted topic of schemas; the number travels in a record header.</remarks>
    int RegisterSchema(string topic, ReadOnlySpan<byte> schema);

    /// <summary>Finds a shape of records.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="schemaId">Number from a batch of the topic.</param>
    /// <returns>The bytes that were registered.</returns>
    byte[] GetSchema(string topic, int schemaId);

    /// <summary>The committed records of a partition.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The first offset, and the offset behind the last committed record.</returns>
    /// <remarks>On Kafka: <c>ListOffsets</c> with <c>read_committed</c>: earliest and last stable offset.</remarks>
    OffsetRange GetOffsets(string topic, int partition);

    /// <summary>What a group has last committed for a partition.</summary>
    /// <param name="group">The consumer group: the name of the app.</param>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The position, or null where there is none.</returns>
    /// <remarks>On Kafka: <c>OffsetFetch</c> with <c>requireStable</c>, so that no open transaction is missed.</remarks>
    CommittedPosition? GetCommitted(string group, string topic, int partition);

    /// <summary>Reads the committed batches of a partition.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset to read.</param>
    /// <returns>A reader for one thread.</returns>
    /// <exception cref="OffsetOutOfRangeException">The partition does not reach from or to there.</exception>
    /// <remarks>On Kafka: the partition's queue of a consumer with manual assignment and <c>read_committed</c>.</remarks>
    IEngineReader OpenReader(string topic, int partition, long offset);

    /// <summary>Starts one atomic step. Several can be open; they are committed in the order of their commits.</summary>
    /// <returns>The step.</returns>
    /// <remarks>On Kafka: <c>BeginTransaction</c> of a producer whose transactional id names app and task group, which fences an older instance.
    /// Kafka has one open transaction for each producer, so there a second one buffers until the first is committed.</remarks>
    IEngineTransaction BeginTransaction();

    /// <summary>Lets the log drop records that nobody needs; it may keep more than asked.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset still needed.</param>
    /// <remarks>On Kafka: <c>DeleteRecords</c>.</remarks>
    void DeleteRecordsBefore(string topic, int partition, long offset);

    /// <summary>Waits until more has become visible.</summary>
    /// <param name="afterVersion">The <see cref="CommitVersion"/> that the caller has seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Done when <see cref="CommitVersion"/> is larger.</returns>
    /// <remarks>On Kafka: the wait of the consumer's poll.</remarks>
    ValueTask WaitForCommitAsync(long afterVersion, CancellationToken cancellationToken);
}
