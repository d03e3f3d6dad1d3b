using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Log.Tests.Groups;

public class StickyAssignorTests
{
    [Fact]
    public void Shares_are_as_even_as_the_subscriptions_allow() =>
        Prop.ForAll<byte[], byte[]>((subscriptions, partitionCounts) =>
        {
            var (members, partitions) = Make(subscriptions, partitionCounts);
            StickyAssignor.Assign(members, partitions, new Dictionary<GroupPartition, GroupMember>());

            AssertEachPartitionHasOneOwner(members, partitions);
            Assert.Equal(LeastSquares(members, partitions, 0, new int[members.Count]), members.Sum(m => m.Target.Count * m.Target.Count));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150 * Scale.Factor).WithEndSize(8));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    public void Who_joins_gets_a_fair_share_and_nothing_else_moves(int before)
    {
        var (members, partitions) = Make(new byte[before], [20]);
        Settle(members, partitions);
        var owned = members.Select(m => m.Owned.ToHashSet()).ToList();

        members.Add(Member(before, ["t0"]));
        var owners = Settle(members, partitions);

        Assert.Equal(20 / (before + 1), members[^1].Owned.Count);
        Assert.Equal(20 / (before + 1), partitions.Count(p => !owned.Exists(o => o.Contains(p) && members[owned.IndexOf(o)] == owners[p])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Only_the_partitions_of_who_leaves_move(int before)
    {
        var (members, partitions) = Make(new byte[before], [20]);
        Settle(members, partitions);
        var stay = members.Skip(1).ToDictionary(m => m, m => m.Owned.ToHashSet());

        members.RemoveAt(0);
        Settle(members, partitions);

        Assert.All(members, m => Assert.Superset(stay[m], m.Owned));
        Assert.InRange(members.Max(m => m.Owned.Count) - members.Min(m => m.Owned.Count), 0, 1);
    }

    // Each member subscribes to the topics whose bits are set, or to all; a topic has 0 to 3 partitions, or as many as one given count says.
    private static (List<GroupMember> Members, List<GroupPartition> Partitions) Make(byte[] subscriptions, byte[] partitionCounts)
    {
        bool isFixed = partitionCounts is [20];
        int topics = Math.Clamp(partitionCounts.Length, 1, 3);
        var members = subscriptions.Take(isFixed ? 100 : 4).Select((bits, i) => Member(i, Topics(bits, topics))).ToList();
        var partitions = Enumerable.Range(0, topics)
            .SelectMany(t => Enumerable.Range(0, isFixed ? 20 : partitionCounts.ElementAtOrDefault(t) % 4).Select(p => new GroupPartition(new TopicPartition($"t{t}", p), t + 1)))
            .Where(p => members.Exists(m => m.Topics.Contains(p.Id.Topic)))
            .ToList();
        return (members, partitions);
    }

    private static IEnumerable<string> Topics(byte bits, int topics)
    {
        int chosen = bits % (1 << topics);
        return Enumerable.Range(0, topics).Where(t => chosen == 0 || (chosen & (1 << t)) != 0).Select(t => $"t{t}");
    }

    private static GroupMember Member(int number, IEnumerable<string> topics) => new(new ConsumerGroup("g"), $"m{number}", topics, TimeSpan.FromMinutes(5));

    private static Dictionary<GroupPartition, GroupMember> Settle(List<GroupMember> members, List<GroupPartition> partitions)
    {
        var owners = members.SelectMany(m => m.Owned.Select(p => (p, m))).ToDictionary(o => o.p, o => o.m);
        StickyAssignor.Assign(members, partitions, owners);
        foreach (var member in members)
        {
            member.Owned.Clear();
            member.Owned.UnionWith(member.Target);
        }

        AssertEachPartitionHasOneOwner(members, partitions);
        return members.SelectMany(m => m.Owned.Select(p => (p, m))).ToDictionary(o => o.p, o => o.m);
    }

    private static void AssertEachPartitionHasOneOwner(List<GroupMember> members, List<GroupPartition> partitions)
    {
        Assert.Equal(partitions.Order(Comparer), members.SelectMany(m => m.Target).Order(Comparer));
        Assert.All(members, m => Assert.All(m.Target, p => Assert.Contains(p.Id.Topic, m.Topics)));
    }

    private static readonly Comparer<GroupPartition> Comparer = Comparer<GroupPartition>.Create((a, b) => string.CompareOrdinal(a.Id.ToString(), b.Id.ToString()));

    private static int LeastSquares(List<GroupMember> members, List<GroupPartition> partitions, int next, int[] counts)
    {
        if (next == partitions.Count)
            return counts.Sum(c => c * c);
        int least = int.MaxValue;
        for (int i = 0; i < members.Count; i++)
        {
            if (!members[i].Topics.Contains(partitions[next].Id.Topic))
                continue;
            counts[i]++;
            least = Math.Min(least, LeastSquares(members, partitions, next + 1, counts));
            counts[i]--;
        }

        return least;
    }
}
