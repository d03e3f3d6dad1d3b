using Flowgen.Log;

namespace Samples.Hello;

/// <summary>The first program of everyone who meets Kafka: a producer sends, a consumer prints.</summary>
internal static class HelloWorld
{
    public static void Run(FlowLog log)
    {
        log.EnsureTopic("greetings", new TopicSettings(Partitions: 3));

        using (Producer producer = log.CreateProducer())
        {
            for (int i = 0; i < 10; i++)
                producer.Send("greetings", key: $"key-{i}", value: "Hello, Flowgen!");
        }

        using Consumer consumer = log.CreateConsumer(new ConsumerOptions { Group = "hello", AutoOffsetReset = AutoOffsetReset.Earliest });
        consumer.Subscribe("greetings");
        while (consumer.TryConsume(out ConsumedRecord? record))
            Console.WriteLine($"partition {record.Partition}, offset {record.Offset}: {record.ValueText}");
        consumer.Commit();
    }
}
