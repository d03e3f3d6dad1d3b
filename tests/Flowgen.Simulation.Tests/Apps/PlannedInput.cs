using Flowgen.Log;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>The events of an input, partition by partition, in the order in which they are appended.</summary>
internal static class PlannedInput
{
    private const int LongestPause = 120;

    public static List<Event>[] Create(Plan plan, PlanInput input)
    {
        Random random = new(plan.Seed + (7919 * (input.Number + 1)));
        Random poison = new(plan.Seed + (104_729 * (input.Number + 1)));
        List<Event>[] partitions = [.. Enumerable.Range(0, input.Partitions).Select(_ => new List<Event>())];
        long now = Plan.Start;
        for (int i = 0; i < input.Events; i++)
        {
            now += random.Next(LongestPause);
            int key = random.Next(input.Keys);
            int partition = PartitionOf(key, input.Partitions);
            List<Event> events = partitions[partition];
            long at = now - random.Next(input.Disorder + 1);
            events.Add(new Event(key, 10 + (input.Number * 10) + partition, events.Count, plan.HasPoison ? ValueOf(poison.Next(60)) : 0, (input.Number * 100_000) + i, at));
        }

        return partitions;
    }

    private static int ValueOf(int drawn) => drawn switch
    {
        0 => Event.Poison,
        1 => Event.Garbage,
        _ => 0,
    };

    public static int PartitionOf(int key, int partitions)
    {
        byte[] bytes = BitConverter.GetBytes(key);
        Array.Reverse(bytes);
        return Murmur2.ToPartition(Murmur2.Hash(bytes), partitions);
    }
}
