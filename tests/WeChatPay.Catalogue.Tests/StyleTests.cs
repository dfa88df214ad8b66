using System.Text.RegularExpressions;
using WeChatPay.Catalogue.Tests.Facts;

namespace WeChatPay.Catalogue.Tests;

/// <summary>What the files of the catalogue have in common beyond being legal, so that they read as one work.</summary>
public sealed partial class StyleTests
{
    [Theory]
    [MemberData(nameof(SpecCatalogue.Paths), MemberType = typeof(SpecCatalogue))]
    public void The_front_matter_has_title_description_in_both_languages_and_declared_optionality(string path)
    {
        var front = FrontMatter(SpecCatalogue.File(path).Text);

        Assert.Equal(["title", "description", "optionality"], front.Select(f => f.Key));
        Assert.Matches(Chinese(), front["title"]);
        Assert.Matches(EnglishThenChinese(), front["description"]);
        Assert.Equal("declared", front["optionality"]);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.Paths), MemberType = typeof(SpecCatalogue))]
    public void The_title_and_the_description_of_the_front_matter_are_shown(string path)
    {
        var text = SpecCatalogue.File(path).Text;
        Assert.Contains("\n# {{ $frontmatter.title }}", text, StringComparison.Ordinal);
        Assert.Contains("\n{{ $frontmatter.description }}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_operation_is_documented(string key)
    {
        var documentation = SpecCatalogue.Operation(key).Documentation;
        Assert.NotEmpty(documentation.Title);
        Assert.Matches(EnglishThenChinese(), documentation.Description);
        AssertLinks(documentation, KnownFacts.Operation(key).Words.Contains("nodocs"));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_notification_is_documented(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.NotEmpty(notification.Documentation.Title);
        Assert.NotEmpty(notification.Documentation.Description);
        AssertLinks(notification.Documentation, !KnownFacts.Notification(key).HasDocuments);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void Every_member_of_an_operation_has_a_label(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        Assert.Empty(MemberTree.Of(operation).Where(m => Label(m.Member).Length == 0).Select(m => $"{m.Place} {m.Path}"));
        Assert.Empty(operation.Route.Where(s => s.IsParameter && string.IsNullOrWhiteSpace(s.Description)).Select(s => s.Text));
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void Every_member_of_a_notification_has_a_label(string key)
        => Assert.All(MemberTree.Shapes(SpecCatalogue.Notification(key)), shape =>
            Assert.Empty(MemberTree.Of(shape).Where(m => Label(m.Member).Length == 0).Select(m => m.Path)));

    /// <summary>Amounts are whole fen, and whoever reads the documentation in an editor has to see it.</summary>
    [Fact]
    public void Every_amount_says_its_unit()
    {
        var members = SpecCatalogue.Operations.SelectMany(o => MemberTree.Of(o).Select(m => (m.Member, o.Key, m.Path, IsAbroad: IsAbroad(o.PathTemplate))))
            .Concat(SpecCatalogue.Notifications.SelectMany(n => MemberTree.Shapes(n).SelectMany(MemberTree.Of).Select(m => (m.Member, n.Key, m.Path, IsAbroad: false))))
            .Where(m => m.Member.Type is ScalarType { Kind: ScalarKind.Integer } && Money().IsMatch(Label(m.Member)))
            .ToList();

        Assert.NotEmpty(members);
        Assert.Empty(members.Where(m => !Label(m.Member).EndsWith(m.IsAbroad ? "，单位为币种的最小单位" : "，单位分", StringComparison.Ordinal)).Select(m => $"{m.Key} {m.Path} {Label(m.Member)}").Distinct());
    }

    /// <summary>Other currencies have other units; yen have none below the yen.</summary>
    private static bool IsAbroad(string path) => path.StartsWith("/hk/", StringComparison.Ordinal) || path.StartsWith("/global/", StringComparison.Ordinal) || path.StartsWith("/v3/global/", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_file_stands_at_the_place_of_its_path(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var template = operation.PathTemplate.EndsWith('/') ? operation.PathTemplate + "index" : operation.PathTemplate;
        Assert.Equal("specs/openapi" + (operation.Route[0].IsVirtual ? "/v2" : "") + template + ".md", SpecCatalogue.FileOfOperation(key).Path);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.NotificationKeys), MemberType = typeof(SpecCatalogue))]
    public void A_notification_stands_in_a_file_named_after_its_event(string key)
    {
        var notification = SpecCatalogue.Notification(key);
        Assert.Equal($"specs/webhook/v{notification.Version}/{notification.EventType}.md", SpecCatalogue.FileOfNotification(key).Path);
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_echo_stands_in_request_and_answer_and_is_a_number_or_a_merchant_id(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        var sent = operation.Query.Concat(operation.Body.Members).Select(m => m.WireName)
            .Concat(operation.Route.Where(s => s.IsParameter).Select(s => s.Text)).ToHashSet(StringComparer.Ordinal);

        Assert.All(operation.Echoes, name =>
        {
            Assert.Contains(name, sent);
            Assert.Contains(operation.Response.Members, m => m.WireName == name && m.IsEcho);
            Assert.Matches(EchoName(), name);
        });
    }

    [Theory]
    [MemberData(nameof(SpecCatalogue.OperationKeys), MemberType = typeof(SpecCatalogue))]
    public void An_operation_is_idempotent_by_a_number_that_it_sends(string key)
    {
        var operation = SpecCatalogue.Operation(key);
        if (operation.IdempotentBy is not { } name) return;

        Assert.Matches("^(combine_)?out_", name);
        Assert.True(
            operation.Body.Members.Any(m => m.WireName == name && m.IsRequired) || operation.Route.Any(s => s.IsParameter && s.Text == name),
            $"{name} must always be sent.");
    }

    [Fact]
    public void Text_is_kept_in_order()
    {
        Assert.All(SpecCatalogue.Files, file =>
        {
            Assert.DoesNotContain('\r', file.Text);
            Assert.DoesNotContain('\t', file.Text);
            Assert.EndsWith("```\n", file.Text, StringComparison.Ordinal);
            Assert.All(file.Text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        });
    }

    private static string Label(Member member) => (member.Documentation.Title + member.Documentation.Description).Trim();

    private static void AssertLinks(Documentation documentation, bool hasNone)
    {
        Assert.Equal(hasNone, documentation.Links.IsEmpty);
        Assert.All(documentation.Links, link =>
        {
            Assert.NotEmpty(link.Text);
            var uri = new Uri(link.Url, UriKind.Absolute);
            Assert.Equal("https", uri.Scheme);
            Assert.Equal("pay.weixin.qq.com", uri.Host);
        });
    }

    private static Dictionary<string, string> FrontMatter(string text)
    {
        var lines = text.Split('\n');
        Assert.Equal("---", lines[0]);
        return lines.Skip(1).TakeWhile(l => l != "---").Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1]);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"^[A-Z][^\p{IsCJKUnifiedIdeographs}]{20,}\. [\p{IsCJKUnifiedIdeographs}][^.]{5,}。$")]
    private static partial Regex EnglishThenChinese();

    /// <summary>金额, 面额, 价, 出资 are money; 次数, 数量, 期数 and rates are not.</summary>
    [GeneratedRegex("^(?!.*(次数|数量|期数|类型|积分|评价|时间)).*(金额|面额|价|出资)")]
    private static partial Regex Money();

    [GeneratedRegex("^((combine_)?out_[a-z]+_no|merchant_(sign_)?plan_no|transaction_id|refund_id|(sub_|sp_|combine_)?mchid|(sub_|combine_)?mch_id)$")]
    private static partial Regex EchoName();
}
