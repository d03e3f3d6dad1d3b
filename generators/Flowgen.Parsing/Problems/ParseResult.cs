using System.Collections.Immutable;

namespace Flowgen.Parsing;

/// <summary>What a parser makes of a declaration: a model for the generator, problems for the analyzers.</summary>
/// <typeparam name="TModel">The model, equatable and without symbols.</typeparam>
/// <param name="Model">The model; null where not even a stub can be written.</param>
/// <param name="Problems">What is wrong, in the order of the source.</param>
public sealed record ParseResult<TModel>(TModel? Model, ImmutableArray<Problem> Problems)
    where TModel : class;
