using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>How a host makes the producer of one topic of an app.</summary>
/// <param name="Topic">The topic as its record type declares it.</param>
/// <param name="ProducerType">The <see cref="Producer{TRecord}"/> of its records.</param>
/// <param name="Create">Makes the producer; the topic is created where it is missing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record AppProducer(TopicDeclaration Topic, Type ProducerType, Func<FlowLog, TimeProvider, object> Create)
{
    /// <summary>The producers of all topics of an app.</summary>
    /// <typeparam name="TApp">The class with <see cref="FlowAppAttribute"/>.</typeparam>
    /// <returns>One for each topic.</returns>
    public static IReadOnlyList<AppProducer> Of<TApp>()
        where TApp : IFlowApp<TApp>
    {
        AppBuilder app = new();
        TApp.Describe(app);
        return [.. app.Topics.Select(topic => (AppProducer)topic.Create(Factory.Instance))];
    }

    private sealed class Factory : ITopicFactory
    {
        public static Factory Instance { get; } = new();

        public object Create<TRecord, TCodec>(TopicDeclaration topic)
            where TCodec : struct, IRecordCodec<TRecord> =>
            new AppProducer(topic, typeof(Producer<TRecord>), (log, time) => CreateProducer<TRecord, TCodec>(topic, log, time));

        private static GroupProducer<TRecord, TCodec> CreateProducer<TRecord, TCodec>(TopicDeclaration topic, FlowLog log, TimeProvider time)
            where TCodec : struct, IRecordCodec<TRecord>
        {
            new EmbeddedLog(log).EnsureTopic(topic);
            return new GroupProducer<TRecord, TCodec>(log, topic.Name, time);
        }
    }
}
