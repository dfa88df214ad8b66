using WeChatPay.Fuzz.Grammar;

namespace WeChatPay.Fuzz;

/// <summary>Input number n of a seed: the same on every machine, whatever was read before it.</summary>
internal sealed class Inputs(ulong seed, IReadOnlyList<FuzzDocument> corpus)
{
    private const string Place = "specs/openapi/v3/a.md";

    public FuzzDocument Make(long index)
    {
        var random = new Random(unchecked((int)Mix(seed, (ulong)index)));
        switch (random.Next(20))
        {
            case < 11:
                var document = corpus[random.Next(corpus.Count)];
                return document with { Text = Mutator.Mutate(document.Text, corpus, random) };
            case < 13:
                return Grammar(index);
            case < 17:
                var valid = Grammar(index);
                return valid with { Text = Mutator.Mutate(valid.Text, corpus, random) };
            case 17:
                return new(Place, "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {\n interface JsonDataRequest {\n" + Vocabulary.Soup(random) + "\n```\n");
            case 18:
                return new(random.Next(2) == 0 ? Place : "specs/webhook/v3/A.B.md", Vocabulary.Soup(random) + "\n```js twoslash\nnamespace WeChatPay." + Vocabulary.Soup(random) + "\n```\n" + Vocabulary.Soup(random));
            default:
                return new(Place, "---\ntitle: " + Vocabulary.Noise(random) + "\n---\n```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {\n interface JsonDataRequest {\n" + Vocabulary.Noise(random) + "\n```\n");
        }
    }

    private FuzzDocument Grammar(long index)
    {
        var document = Documents.Make(Mix(seed, unchecked((ulong)index + 0x5bd1e995)));
        return new(document.Path, document.Text);
    }

    /// <summary>SplitMix64: neighbours get unrelated numbers.</summary>
    private static ulong Mix(ulong seed, ulong index)
    {
        var z = unchecked((seed * 0x9E3779B97F4A7C15UL) + index + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
