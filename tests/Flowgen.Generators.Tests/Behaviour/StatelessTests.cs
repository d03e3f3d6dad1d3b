using Flowgen.Testing;

namespace Flowgen.Generators.Tests.Behaviour;

[Stage, From<Order>, To<Sale>]
public sealed partial class SellLarge
{
    [Filter]
    static bool IsLarge(in Order order) => order.Amount >= 10;

    [Map]
    static Sale? Sell(in Order order) => order.Product == 0 ? null : new(order.Id, "product " + order.Product, order.Amount);

    [Filter]
    static bool IsFine(in Sale sale) => sale.Amount < 1_000;
}

[Stage, From<Order>, To<Sale>, To<Refusal>]
public sealed partial class Fork
{
    [Map]
    static Sale Sell(in Order order) => new(order.Id, "", order.Amount);

    [Filter]
    static bool IsSale(in Sale sale) => sale.Amount > 5;

    [Map]
    static Refusal? Refuse(in Order order) => order.Amount > 5 ? null : new(order.Id, "small");
}

[Stage, From<Order>, To<LargeOrders>, To<SmallOrders>, To<FreeOrders>]
public sealed partial class RouteOrders
{
    [Filter]
    static bool Exists(in Order order) => order.Id > 0;

    [Branch<LargeOrders>]
    static bool IsLarge(in Order order) => order.Amount > 100;

    [Branch<SmallOrders>]
    static bool IsSmall(in Order order) => order.Amount > 0;
}

[Stage, From<Order>, To<Order>]
public sealed partial class KeepPositive
{
    [Filter]
    static bool IsPositive(Order order) => order.Amount > 0;
}

[Stage, From<Order>, To<Sale>]
public sealed partial class Explode
{
    public readonly record struct Half(int Order, int Amount);

    [FlatMap]
    static void Split(in Order order, Out<Half> halves)
    {
        halves.Emit(new(order.Id, order.Amount / 2));
        halves.Emit(new(order.Id, order.Amount - order.Amount / 2));
    }

    [Filter]
    static bool IsSome(in Half half) => half.Amount > 0;

    [Map]
    static Sale ToSale(in Half half, Meta meta) => new(half.Order, $"{meta.Offset} {meta.EventTime:HH:mm:ss}", half.Amount);
}

public interface IRates
{
    int Of(string region);
}

[Stage, From<Order>, To<Sale>]
public sealed partial class Rated(IRates rates)
{
    [Map]
    Sale Sell(in Order order) => new(order.Id, order.Region, order.Amount * rates.Of(order.Region));
}

public class StatelessTests
{
    [Fact]
    public void Filters_and_maps_run_in_one_pass()
    {
        using StageTest stage = StageTest.For<SellLarge>();

        stage.Send(At.Order(1, 0, 9), At.Order(2, 0, 10), At.Order(3, 0, 20, product: 0), At.Order(4, 0, 5_000));

        Assert.Equal([new Sale(2, "product 1", 10)], stage.Received<Sale>());
    }

    [Fact]
    public void Two_maps_of_one_type_fork_the_stream()
    {
        using StageTest stage = StageTest.For<Fork>();

        stage.Send(At.Order(1, 0, 5), At.Order(2, 0, 6));

        Assert.Equal([new Sale(2, "", 6)], stage.Received<Sale>());
        Assert.Equal([new Refusal(1, "small")], stage.Received<Refusal>());
    }

    [Fact]
    public void The_first_branch_that_matches_takes_the_record_and_the_topic_without_branch_the_rest()
    {
        using StageTest stage = StageTest.For<RouteOrders>();

        stage.Send(At.Order(1, 0, 101), At.Order(2, 0, 1), At.Order(3, 0, 0), At.Order(0, 0, 500));

        Assert.Equal([1], stage.Received<Order>("shop-large").Select(o => o.Id));
        Assert.Equal([2], stage.Received<Order>("shop-small").Select(o => o.Id));
        Assert.Equal([3], stage.Received<Order>("shop-free").Select(o => o.Id));
    }

    [Fact]
    public void A_record_that_passes_all_filters_goes_on_as_it_is()
    {
        using StageTest stage = StageTest.For<KeepPositive>();

        stage.Send(At.Order(1, 0, 0), At.Order(2, 0, 7));

        Assert.Equal([At.Order(2, 0, 7)], stage.Received<Order>());
    }

    [Fact]
    public void What_a_flat_map_emits_takes_the_further_steps_with_time_and_origin_of_its_input()
    {
        using StageTest stage = StageTest.For<Explode>();

        stage.Send(At.Order(1, 61, 5), At.Order(2, 62, 1));

        Assert.Equal([new Sale(1, "0 00:01:01", 2), new Sale(1, "0 00:01:01", 3), new Sale(2, "1 00:01:02", 1)], stage.Received<Sale>());
    }

    [Fact]
    public void Steps_use_the_services_of_the_constructor()
    {
        using StageTest stage = StageTest.For<Rated>(new Services(new Rates()));

        stage.Send(At.Order(1, 0, 5, "CH"));

        Assert.Equal([new Sale(1, "CH", 10)], stage.Received<Sale>());
    }

    [Fact]
    public void A_missing_service_is_named_with_the_stage()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => StageTest.For<Rated>());

        Assert.Contains("'Rated'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'IRates'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Rates : IRates
    {
        public int Of(string region) => region.Length;
    }

    private sealed class Services(params object[] all) : IServiceProvider
    {
        public object? GetService(Type serviceType) => Array.Find(all, serviceType.IsInstanceOfType);
    }
}
