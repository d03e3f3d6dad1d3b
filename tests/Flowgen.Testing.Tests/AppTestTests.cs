using Flowgen.Runtime;

namespace Flowgen.Testing.Tests;

public class AppTestTests
{
    [Fact]
    public async Task A_whole_app_runs_to_the_end_of_its_input()
    {
        await using var app = AppTest.For<ShopApp>();
        app.Send(new Product(1, "toys", 2.5m), new Product(2, "books", 10m))
           .Send(new Order(100, 1, 4, T(0)), new Order(101, 2, 1, T(1)), new Order(102, 1, 2, T(3601)), new Order(103, 9, 1, T(2)));

        await app.RunToEndAsync();

        Assert.Equal(
            [new("books", T(0), 10m), new("toys", T(0), 10m), new("toys", T(3600), 5m)],
            app.Received<CategoryRevenue>().OrderBy(row => row.Category, StringComparer.Ordinal).ThenBy(row => row.Hour));
        Assert.Equal([new UnknownProduct(9, 103)], app.Received<UnknownProduct>());
    }

    [Fact]
    public async Task Settling_processes_what_was_sent_and_the_app_goes_on()
    {
        await using var app = AppTest.For<ShopApp>();
        app.Send(new Product(1, "toys", 2.5m));

        app.Send(new Order(100, 1, 4, T(0)));
        await app.SettleAsync();
        Assert.Equal([new CategoryTotal("toys", 1)], app.Received<CategoryTotal>());

        app.Send(new Order(101, 1, 4, T(1)));
        await app.SettleAsync();
        Assert.Equal([new CategoryTotal("toys", 2)], app.Received<CategoryTotal>());
        Assert.Empty(app.Received<CategoryRevenue>());
    }

    [Fact]
    public async Task A_restarted_app_goes_on_from_its_last_commit()
    {
        await using var app = AppTest.For<ShopApp>();
        app.Send(new Product(1, "toys", 2.5m)).Send(new Order(100, 1, 4, T(0)));
        await app.SettleAsync();
        await app.StopAsync();

        app.Send(new Order(101, 1, 4, T(1)));
        await app.RunToEndAsync();

        Assert.Equal([new CategoryTotal("toys", 1), new CategoryTotal("toys", 2)], app.Received<CategoryTotal>());
        Assert.Equal([new CategoryRevenue("toys", T(0), 20m)], app.Received<CategoryRevenue>());
    }

    [Fact]
    public async Task A_topic_that_the_app_does_not_have_is_refused_with_those_it_has()
    {
        await using var app = AppTest.For<ShopApp>();
        var error = Assert.Throws<ArgumentException>(() => app.Send(new Sale("toys", 1, T(0))));
        Assert.Contains("no topic of 'Sale'", error.Message, StringComparison.Ordinal);
        Assert.Contains("orders", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_of_the_test_is_the_clock_of_the_log()
    {
        await using var app = AppTest.For<ShopApp>(options: new FlowEngineOptions { Workers = 2, Partitions = 1 });
        app.Clock.SetUtcNow(T(1000));
        app.Send(new Product(1, "toys", 2.5m));

        using IEngineReader reader = app.Log.OpenReader("products", 0, 0);
        Assert.True(reader.TryRead(out Log.RecordBatch batch));
        Assert.Equal(1_000_000, batch.AppendedAt);
        Assert.Equal(1_000_000, batch[0].Timestamp);
    }

    private static DateTimeOffset T(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
}
