using Flowgen.Runtime.Tests.Engine;

namespace Flowgen.Runtime.Tests.Topology;

public sealed class FlowGraphTests
{
    private static readonly AppInfo Info = new("test", 100, "");

    [Fact]
    public void Stages_with_one_key_are_fused_and_an_exchange_starts_a_level()
    {
        FlowGraph graph = Build(app =>
        {
            TopicRef<Bid> bids = Bids(app, "bids", 6);
            StageRef doubling = app.Stage<Doubling>();
            StageRef byAuction = app.Stage<CountByAuction>();
            StageRef byBidder = app.Stage<CountByBidder>();
            app.Read(bids, doubling);
            app.Direct<Bid>(doubling, byAuction);
            app.Exchange<Bid>(doubling, byBidder, "count-by-bidder.bid", partitions: 4);
        });

        Assert.Equal(["bids: doubling, count-by-auction × 6", ": count-by-bidder × 4"], graph.Groups.Select(Describe));
        Assert.Equal([0, 0, 1], graph.Operators.Select(op => op.Level));
        Assert.Equal(2, graph.Levels);
    }

    [Fact]
    public void An_exchange_is_as_wide_as_its_input_unless_it_says_otherwise()
    {
        FlowGraph graph = Build(app => app.Exchange(Bids(app, "bids", 5), app.Stage<CountByBidder>(), "count-by-bidder.bid"));

        Assert.Equal(["bids:  × 5", ": count-by-bidder × 5"], graph.Groups.Select(Describe));
    }

    [Fact]
    public void An_exchange_to_a_table_is_as_wide_as_the_table()
    {
        FlowGraph graph = Build(app =>
        {
            StageRef pricing = app.Stage<Pricing>();
            app.Exchange(Bids(app, "bids", 5), pricing, "pricing.bid");
            app.Table(Bids(app, "prices", 3), pricing);
        });

        Assert.Equal(["bids:  × 5", ": pricing × 3"], graph.Groups.Select(Describe));
    }

    [Fact]
    public void A_stage_and_its_table_must_have_the_same_number_of_partitions()
    {
        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => Build(app =>
        {
            StageRef pricing = app.Stage<Pricing>();
            app.Read(Bids(app, "bids", 6), pricing);
            app.Table(Bids(app, "prices", 3), pricing);
        }));

        Assert.Equal("FLOW0803: 'bids' has 6 partitions and 'prices' has 3: give both the same number, or use [GlobalTable]", refused.Message);
    }

    [Fact]
    public void A_stage_without_a_key_reads_topics_of_any_widths()
    {
        FlowGraph graph = Build(app =>
        {
            StageRef doubling = app.Stage<Doubling>();
            app.Read(Bids(app, "bids", 6), doubling);
            app.Read(Bids(app, "more-bids", 2), doubling);
        });

        Assert.Equal(["bids, more-bids: doubling × 6"], graph.Groups.Select(Describe));
        Assert.False(graph.Operators[0].IsCoPartitioned);
    }

    [Fact]
    public void Two_stages_of_one_name_are_refused()
    {
        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => Build(app =>
        {
            app.Stage<Doubling>();
            app.Stage<Doubling>();
        }));

        Assert.StartsWith("FLOW0904: 'doubling' and 'doubling' are both named 'doubling'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_that_feed_each_other_are_refused()
    {
        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => Build(app =>
        {
            StageRef doubling = app.Stage<Doubling>();
            app.Read(Bids(app, "bids", 1), doubling);
            app.Direct<Bid>(doubling, doubling);
        }));

        Assert.Equal("FLOW0901: These stages feed each other: doubling", refused.Message);
    }

    [Fact]
    public void One_topic_has_one_start()
    {
        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => Build(app =>
        {
            TopicRef<Bid> bids = Bids(app, "bids", 1);
            app.Read(bids, app.Stage<Doubling>());
            app.Read(bids, app.Stage<CountByAuction>(), start: StartAt.Latest);
        }));

        Assert.Contains("read from both Earliest and Latest", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wire_that_fits_no_port_is_refused()
    {
        FlowTopologyException refused = Assert.Throws<FlowTopologyException>(() => Build(app =>
        {
            TopicRef<AuctionCount> counts = app.Topic<AuctionCount, AuctionCountCodec>(new TopicDeclaration("counts", 1));
            app.Read(counts, app.Stage<Doubling>());
        }));

        Assert.StartsWith("Stage 'doubling' does not read 'AuctionCount'", refused.Message, StringComparison.Ordinal);
    }

    private static FlowGraph Build(Action<AppBuilder> describe)
    {
        AppBuilder app = new();
        describe(app);
        return new GraphBuilder(Info, app).Build(topic => topic.Partitions);
    }

    private static TopicRef<Bid> Bids(AppBuilder app, string name, int partitions) => app.Topic<Bid, BidCodec>(new TopicDeclaration(name, partitions));

    private static string Describe(TaskGroup group) => $"{string.Join(", ", group.Sources)}: {string.Join(", ", group.Operators)} × {group.Partitions}";
}
