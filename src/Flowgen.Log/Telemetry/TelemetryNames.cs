namespace Flowgen.Log;

/// <summary>All names of metrics and their attributes: OpenTelemetry's where they exist, own ones under <c>flowgen.</c>.</summary>
public static class TelemetryNames
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Flowgen";

    /// <summary>Version of the semantic conventions whose names are used.</summary>
    public const string SchemaUrl = "https://opentelemetry.io/schemas/1.45.0";

    /// <summary>Value of <see cref="System"/> for the embedded log.</summary>
    public const string SystemName = "flowgen";

    /// <summary>Counter, {message}: records that were committed.</summary>
    public const string SentMessages = "messaging.client.sent.messages";

    /// <summary>Counter, {message}: records that consumers and apps have taken.</summary>
    public const string ConsumedMessages = "messaging.client.consumed.messages";

    /// <summary>Histogram, s: how long <see cref="Operation"/> took.</summary>
    public const string OperationDuration = "messaging.client.operation.duration";

    /// <summary>Gauge, {record}: records behind what a group has committed.</summary>
    public const string ConsumerLag = "flowgen.consumer.lag";

    /// <summary>Histogram, s: how long the commit of an epoch of an app took.</summary>
    public const string CommitDuration = "flowgen.commit.duration";

    /// <summary>Counter, {record}: records that came after their window had closed for good.</summary>
    public const string LateRecords = "flowgen.records.late";

    /// <summary>Counter, {record}: records that could not be processed and were skipped.</summary>
    public const string DroppedRecords = "flowgen.records.dropped";

    /// <summary>Counter, {record}: records that could not be processed and were written to a dead-letter topic.</summary>
    public const string DeadRecords = "flowgen.records.dead";

    /// <summary>Counter, {record}: records that came into a stage, and that left it (<see cref="Direction"/>).</summary>
    public const string StageRecords = "flowgen.stage.records";

    /// <summary>Histogram, s: how long a stage worked on a batch.</summary>
    public const string ProcessDuration = "messaging.process.duration";

    /// <summary>Gauge, s: how far event time is behind the clock.</summary>
    public const string WatermarkLag = "flowgen.watermark.lag";

    /// <summary>Up-down counter, {key}: entries of keyed state.</summary>
    public const string StateKeys = "flowgen.state.keys";

    /// <summary>Up-down counter, By: memory of keyed state.</summary>
    public const string StateSize = "flowgen.state.size";

    /// <summary>Up-down counter, By: committed bytes on disk.</summary>
    public const string LogSize = "flowgen.log.size";

    /// <summary>Up-down counter, {segment}: segment files.</summary>
    public const string LogSegments = "flowgen.log.segments";

    /// <summary>Counter, By: what retention and deletion of records have taken away since the log was opened.</summary>
    public const string LogDeleted = "flowgen.log.deleted";

    /// <summary>Counter, By: what compaction has saved since the log was opened.</summary>
    public const string LogCompacted = "flowgen.log.compacted";

    /// <summary>Counter, By: invalid bytes that were cut off behind the last commit when the log was opened.</summary>
    public const string LogTorn = "flowgen.log.torn";

    /// <summary>Counter, {commit}: commits that were refused because the disk was full.</summary>
    public const string LogDiskFull = "flowgen.log.disk_full";

    /// <summary>Counter, {log}: 1 when the log acknowledges nothing any more.</summary>
    public const string LogPoisoned = "flowgen.log.poisoned";

    /// <summary>Counter, {failure}: reads that met damaged bytes.</summary>
    public const string LogCorruptions = "flowgen.log.corruptions";

    /// <summary>Counter, {failure}: work in the background that failed.</summary>
    public const string LogHousekeepingFailures = "flowgen.log.housekeeping.failures";

    /// <summary>Attribute: which messaging system; always <see cref="SystemName"/>.</summary>
    public const string System = "messaging.system.name";

    /// <summary>Attribute: the topic.</summary>
    public const string Topic = "messaging.destination.name";

    /// <summary>Attribute: the partition, as text.</summary>
    public const string Partition = "messaging.destination.partition.id";

    /// <summary>Attribute: the group, or the app.</summary>
    public const string Group = "messaging.consumer.group.name";

    /// <summary>Attribute: what was done: <see cref="SendOperation"/>, <see cref="PollOperation"/> or <see cref="CommitOperation"/>.</summary>
    public const string Operation = "messaging.operation.name";

    /// <summary>Value of <see cref="Operation"/>: records were committed, alone or with offsets.</summary>
    public const string SendOperation = "send";

    /// <summary>Value of <see cref="Operation"/>: a consumer has read a batch.</summary>
    public const string PollOperation = "poll";

    /// <summary>Value of <see cref="Operation"/>: offsets were committed.</summary>
    public const string CommitOperation = "commit";

    /// <summary>Attribute: type of the exception, where an operation has failed.</summary>
    public const string Error = "error.type";

    /// <summary>Attribute: the app.</summary>
    public const string App = "flowgen.app";

    /// <summary>Attribute: the stage.</summary>
    public const string Stage = "flowgen.stage";

    /// <summary>Attribute: <see cref="InDirection"/> or <see cref="OutDirection"/>.</summary>
    public const string Direction = "flowgen.direction";

    /// <summary>Value of <see cref="Direction"/>: into the stage.</summary>
    public const string InDirection = "in";

    /// <summary>Value of <see cref="Direction"/>: out of the stage.</summary>
    public const string OutDirection = "out";

    /// <summary>Attribute: why a record was left out: <see cref="UndecodableReason"/> or <see cref="FailedReason"/>.</summary>
    public const string Reason = "flowgen.reason";

    /// <summary>Value of <see cref="Reason"/>: its bytes are no such record, or it cannot be kept in a table.</summary>
    public const string UndecodableReason = "undecodable";

    /// <summary>Value of <see cref="Reason"/>: a step threw.</summary>
    public const string FailedReason = "failed";

    /// <summary>Attribute: the operator of a stage that keeps state.</summary>
    public const string State = "flowgen.state";

    /// <summary>Attribute: number of a task.</summary>
    public const string Task = "flowgen.task";
}
