namespace Consumer;

/// <summary>A temperature.</summary>
/// <param name="Sensor">Who measured it.</param>
/// <param name="Celsius">How warm it was.</param>
/// <param name="At">When it was measured.</param>
[Topic("readings", Partitions = 2)]
public readonly record struct Reading([Key] int Sensor, double Celsius, [EventTime(OutOfOrder = "2s")] DateTimeOffset At);

/// <summary>The mean of ten seconds.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="From">Start of the ten seconds.</param>
/// <param name="Celsius">The mean.</param>
/// <param name="Readings">Of how many readings.</param>
[Topic("averages", Partitions = 2)]
public readonly record struct Average([Key] int Sensor, [EventTime] DateTimeOffset From, double Celsius, long Readings);
