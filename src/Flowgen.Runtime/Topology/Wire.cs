namespace Flowgen.Runtime;

/// <summary>A connection of an app as it is described.</summary>
internal abstract record Wire(Type Record);

/// <summary>A topic read by a stage, through an exchange where the stage groups by another key.</summary>
internal sealed record ReadWire(Type Record, TopicRef Topic, StageRef Stage, long OutOfOrder, long Idle, StartAt Start, ExchangeInfo? Exchange) : Wire(Record);

/// <summary>A topic kept as a table beside a stage.</summary>
internal sealed record TableWire(Type Record, TopicRef Topic, StageRef Stage) : Wire(Record);

/// <summary>A stage read by a stage, through an exchange where the key changes.</summary>
internal sealed record StageWire(Type Record, StageRef From, StageRef To, ExchangeInfo? Exchange) : Wire(Record);

/// <summary>A stage written to a topic.</summary>
internal sealed record WriteWire(Type Record, StageRef Stage, TopicRef Topic) : Wire(Record);

/// <summary>Name and width of an exchange; 0 partitions: as wide as what it feeds asks for.</summary>
internal sealed record ExchangeInfo(string Name, int Partitions);
