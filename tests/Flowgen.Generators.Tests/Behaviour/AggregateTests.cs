using Flowgen.Testing;

namespace Flowgen.Generators.Tests.Behaviour;

[Stage, From<Order>, To<RegionTotal>, To<Refusal>]
[TumblingWindow("10s", Offset = "5s", Lateness = "20s")]
public sealed partial class WindowTotals
{
    public struct Total
    {
        public int Sum;
        public string? Note;
    }

    [KeyBy]
    static string ByRegion(in Order order) => order.Region;

    [Init]
    static Total Start(string key) => new() { Note = "from " + key };

    [Add]
    static void Add(ref Total total, in Order order) => total.Sum += order.Amount;

    [Emit]
    static RegionTotal Emit(string key, Window window, in Total total, Firing firing) => new(key, window.Start, total.Sum, firing.Revision, total.Note!);

    [Late]
    static Refusal TooLate(in Order order, Window window) => new(order.Id, $"{window.EndMs}");
}

[Stage, From<Order>, To<RegionTotal>, TumblingWindow("1m")]
public sealed partial class PlainWindow
{
    [KeyBy]
    static string ByRegion(in Order order) => order.Region;

    [Add]
    static void Add(ref int total, in Order order) => total += order.Amount;

    [Emit]
    static void Emit([Key] string region, int total, Window window, Out<RegionTotal> totals)
    {
        if (total > 0) totals.Emit(new(region, window.Start, total));
    }

    [Filter]
    static bool IsKnown(in RegionTotal total) => total.Region != "";
}

[Stage, From<Order>, To<PairTotal>]
public sealed partial class PairTotals
{
    [KeyBy]
    static (string Region, int Product) ByPair(in Order order) => (order.Region, order.Product);

    [Add]
    static void Add(ref int total, in Order order) => total += order.Amount;

    [Emit(When.Changed)]
    static PairTotal Emit((string Region, int Product) key, int total) => new(key.Region, key.Product, total);
}

[Stage, From<Order>, To<ColorCount>]
public sealed partial class ColorCounts
{
    [KeyBy]
    static Color ByColor(in Order order) => order.Amount > 10 ? Color.Red : Color.Green;

    [Add]
    static void Add(ref long count, in Order order) => count++;

    [Emit]
    static ColorCount Emit(Color key, long count) => new(key, count);
}

[Stage, From<Line>, To<WordCount>]
public sealed partial class CountWords
{
    public readonly record struct Word([Key] string Value);

    [FlatMap]
    static void Split(in Line line, Out<Word> words)
    {
        foreach (string word in line.Value.Split(' ')) words.Emit(new(word));
    }

    [Add]
    static void Add(ref long count, in Word word) => count++;

    [Emit(When.Changed)]
    static WordCount Emit(string key, long count) => new(key, count);
}

[Stage, From<Order>, From<Sale>, To<WordCount>]
public sealed partial class CountActivity
{
    public readonly record struct Activity([Key] string Kind, int Weight);

    [Map]
    static Activity OfOrder(in Order order) => new("order", 1);

    [Map]
    static Activity OfSale(in Sale sale) => new("sale", sale.Amount);

    [Add]
    static void Add(ref long count, in Activity activity) => count += activity.Weight;

    [Emit]
    static WordCount Emit(string key, long count) => new(key, count);
}

public class AggregateTests
{
    [Fact]
    public void A_window_fires_when_the_watermark_passes_its_end()
    {
        using StageTest stage = StageTest.For<WindowTotals>();

        stage.Send(At.Order(1, 5, 1), At.Order(2, 14.9, 2), At.Order(3, 15, 4), At.Order(4, 4.9, 8)).AdvanceTo(At.Second(15));

        Assert.Equal([new RegionTotal("EU", At.Second(-5), 8, 0, "from EU"), new RegionTotal("EU", At.Second(5), 3, 0, "from EU")], stage.Received<RegionTotal>());
    }

    [Fact]
    public void A_late_record_corrects_its_window_once_for_each_batch()
    {
        using StageTest stage = StageTest.For<WindowTotals>();
        stage.Send(At.Order(1, 5, 1)).AdvanceTo(At.Second(20));
        stage.Received<RegionTotal>();

        stage.Send(At.Order(2, 6, 2), At.Order(3, 7, 4));

        Assert.Equal([new RegionTotal("EU", At.Second(5), 7, 1, "from EU")], stage.Received<RegionTotal>());
    }

    [Fact]
    public void A_record_behind_the_lateness_goes_to_the_late_step()
    {
        using StageTest stage = StageTest.For<WindowTotals>();

        stage.AdvanceTo(At.Second(35)).Send(At.Order(1, 14, 1), At.Order(2, 16, 1));

        Assert.Equal([new Refusal(1, "15000")], stage.Received<Refusal>());
    }

    [Fact]
    public void Windows_with_references_survive_a_restart()
    {
        using StageTest stage = StageTest.For<WindowTotals>();
        stage.Send(At.Order(1, 5, 1)).Restart();

        stage.Send(At.Order(2, 6, 2)).AdvanceTo(At.Second(16));

        Assert.Equal([new RegionTotal("EU", At.Second(5), 3, 0, "from EU")], stage.Received<RegionTotal>());
    }

    [Fact]
    public void A_late_record_without_a_late_step_is_counted()
    {
        using StageTest stage = StageTest.For<PlainWindow>();

        stage.AdvanceTo(At.Second(61)).Send(At.Order(1, 3, 1), At.Order(2, 63, 1));

        Assert.Equal(1, stage.LateRecords);
    }

    [Fact]
    public void What_an_emit_sends_takes_the_further_steps()
    {
        using StageTest stage = StageTest.For<PlainWindow>();

        stage.Send(At.Order(1, 0, 1, "CH"), At.Order(2, 1, 2, ""), At.Order(3, 2, -5, "US")).EndInput();

        Assert.Equal([new RegionTotal("CH", At.Second(0), 1)], stage.Received<RegionTotal>());
    }

    [Fact]
    public void A_total_is_emitted_once_for_each_commit_in_which_it_changed()
    {
        using StageTest stage = StageTest.For<PairTotals>();

        stage.Send(At.Order(1, 0, 1), At.Order(2, 0, 2), At.Order(3, 0, 4, "CH", 2));
        Assert.Equal([new PairTotal("EU", 1, 3), new PairTotal("CH", 2, 4)], stage.Received<PairTotal>().OrderBy(t => t.Total));
        stage.Restart().Send(At.Order(4, 0, 8));

        Assert.Equal([new PairTotal("EU", 1, 11)], stage.Received<PairTotal>());
    }

    [Fact]
    public void An_enum_is_a_key()
    {
        using StageTest stage = StageTest.For<ColorCounts>();

        stage.Send(At.Order(1, 0, 1), At.Order(2, 0, 20), At.Order(3, 0, 30)).Restart();

        Assert.Equal([new ColorCount(Color.Green, 1), new ColorCount(Color.Red, 2)], stage.Received<ColorCount>().OrderBy(c => c.Count));
    }

    [Fact]
    public void Records_made_inside_a_stage_are_grouped_by_their_own_key()
    {
        using StageTest stage = StageTest.For<CountWords>();

        stage.Send(new Line("to be or not to be"));

        Assert.Equal(
            [new WordCount("be", 2), new WordCount("not", 1), new WordCount("or", 1), new WordCount("to", 2)],
            stage.Received<WordCount>().OrderBy(w => w.Word, StringComparer.Ordinal));
    }

    [Fact]
    public void Two_inputs_meet_in_one_accumulator()
    {
        using StageTest stage = StageTest.For<CountActivity>();

        stage.Send(At.Order(1, 0), At.Order(2, 0)).Send(new Sale(1, "", 5));

        Assert.Equal([new WordCount("order", 2), new WordCount("sale", 5)], stage.Received<WordCount>().OrderBy(w => w.Count));
    }
}
