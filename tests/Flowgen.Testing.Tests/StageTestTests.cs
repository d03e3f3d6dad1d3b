namespace Flowgen.Testing.Tests;

public class StageTestTests
{
    [Fact]
    public void Rows_are_sent_to_tables_and_records_to_inputs()
    {
        using var stage = StageTest.For<PriceOrders>();
        stage.Send(new Product(1, "toys", 2.5m), new Product(2, "books", 10m))
             .Send(new Order(100, 1, 4, T(0)), new Order(101, 3, 1, T(1)));

        Assert.Equal([new Sale("toys", 10m, T(0))], stage.Received<Sale>());
        Assert.Equal([new UnknownProduct(3, 101)], stage.Received<UnknownProduct>());
        Assert.Empty(stage.Received<Sale>());
    }

    [Fact]
    public void A_tombstone_removes_a_row()
    {
        using var stage = StageTest.For<PriceOrders>();
        stage.Send(new Product(1, "toys", 2.5m)).Delete(new Product(1, "", 0)).Send(new Order(100, 1, 4, T(0)));

        Assert.Empty(stage.Received<Sale>());
        Assert.Single(stage.Received<UnknownProduct>());
    }

    [Fact]
    public void Results_on_change_come_once_for_each_commit()
    {
        using var stage = StageTest.For<CountSales>();
        stage.Send(new Sale("toys", 1, T(0)), new Sale("toys", 1, T(0))).Commit().Send(new Sale("books", 1, T(0)), new Sale("toys", 1, T(0)));

        ILookup<string, CategoryTotal> received = stage.Received<CategoryTotal>().ToLookup(total => total.Category); // the order of keys within a commit is not promised
        Assert.Equal([new CategoryTotal("toys", 2), new CategoryTotal("toys", 3)], received["toys"]);
        Assert.Equal([new CategoryTotal("books", 1)], received["books"]);
    }

    [Fact]
    public void The_end_of_the_input_closes_every_window()
    {
        using var stage = StageTest.For<HourlyRevenue>();
        stage.Send(new Sale("toys", 1, T(0)), new Sale("toys", 2, T(3600))).EndInput();

        Assert.Equal([new CategoryRevenue("toys", T(0), 1), new CategoryRevenue("toys", T(3600), 2)], stage.Received<CategoryRevenue>());
    }

    [Fact]
    public void A_late_record_without_a_late_step_is_counted()
    {
        using var stage = StageTest.For<HourlyRevenue>();
        stage.AdvanceTo(T(3600)).Send(new Sale("toys", 1, T(10)));

        Assert.Equal(1, stage.LateRecords);
        Assert.Empty(stage.EndInput().Received<CategoryRevenue>());
    }

    [Fact]
    public void State_windows_event_time_and_tables_survive_a_restart()
    {
        using var windows = StageTest.For<HourlyRevenue>();
        windows.Send(new Sale("toys", 1, T(10))).AdvanceTo(T(20)).Restart().Send(new Sale("toys", 2, T(11))).AdvanceTo(T(3600));
        Assert.Equal([new CategoryRevenue("toys", T(0), 3)], windows.Received<CategoryRevenue>());
        Assert.Equal(1, windows.Restart().Send(new Sale("toys", 2, T(11))).LateRecords);

        using var totals = StageTest.For<CountSales>();
        totals.Send(new Sale("toys", 1, T(0))).Restart().Send(new Sale("toys", 1, T(0)));
        Assert.Equal([new CategoryTotal("toys", 1), new CategoryTotal("toys", 2)], totals.Received<CategoryTotal>());

        using var prices = StageTest.For<PriceOrders>();
        prices.Send(new Product(1, "toys", 2.5m)).Restart().Send(new Order(100, 1, 4, T(0)));
        Assert.Single(prices.Received<Sale>());
    }

    [Fact]
    public void A_stage_takes_its_services_from_the_test()
    {
        using var stage = StageTest.For<FindBigSales>(new Services(new Limits(100)));
        stage.Send(new Sale("toys", 99, T(0)), new Sale("toys", 150, T(1)), new Sale("toys", 120, T(2)), new Sale("books", 120, T(3)));

        Assert.Equal([new BigSale("toys", 150), new BigSale("books", 120)], stage.Received<BigSale>());
    }

    [Fact]
    public void A_service_that_is_missing_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => StageTest.For<FindBigSales>());
        Assert.Contains("'Limits'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_stage_does_not_read_or_emit_is_refused_with_what_it_does()
    {
        using var stage = StageTest.For<PriceOrders>();
        Assert.Contains("it reads 'Order', 'Product'", Assert.Throws<ArgumentException>(() => stage.Send(new Sale("toys", 1, T(0)))).Message, StringComparison.Ordinal);
        Assert.Contains("it emits 'Sale', 'UnknownProduct'", Assert.Throws<ArgumentException>(() => stage.Received<Order>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => stage.SendTo("elsewhere", new Order(1, 1, 1, T(0))));
        Assert.Throws<ArgumentException>(() => stage.Delete(new Order(1, 1, 1, T(0))));
    }

    [Fact]
    public void Event_time_does_not_run_backwards()
    {
        using var stage = StageTest.For<HourlyRevenue>();
        stage.AdvanceTo(T(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => stage.AdvanceTo(T(9)));
        Assert.Equal(T(10), stage.Clock.GetUtcNow());
    }

    private static DateTimeOffset T(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private sealed class Services(Limits limits) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Limits) ? limits : null;
    }
}
