using System.Globalization;
using Consumer;
using Flowgen.Log;
using Flowgen.Runtime;

using FlowLog log = FlowLog.Open(args[0]);
FlowEngine engine = FlowEngine.Create<ConsumerApp>(log);
await using (engine.ConfigureAwait(false))
{
    TopicWriter<Reading, ReadingCodec> readings = new(log, "readings");
    readings.Add(new Reading(1, 20, DateTimeOffset.UnixEpoch));
    readings.Add(new Reading(1, 22, DateTimeOffset.UnixEpoch.AddSeconds(9)));
    readings.Add(new Reading(1, 999, DateTimeOffset.UnixEpoch.AddSeconds(9)));
    readings.Add(new Reading(1, 30, DateTimeOffset.UnixEpoch.AddSeconds(10)));
    await readings.CommitAsync().ConfigureAwait(false);

    await engine.RunToEndAsync().ConfigureAwait(false);
}

using TopicReader<Average, AverageCodec> averages = new(log, "averages");
foreach (Average average in averages.ReadToEnd())
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{average.Sensor} {average.From:HH:mm:ss} {average.Celsius} {average.Readings}"));
