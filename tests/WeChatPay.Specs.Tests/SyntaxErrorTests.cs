using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Errors in the declarations: where they are reported, and that the rest of the file is read.</summary>
public sealed class SyntaxErrorTests
{
    // The mark § stands where the diagnostic must begin; it is taken out before reading.
    [Theory]
    [InlineData("WXP0001", "a: §; b: string", "Found ';', expected a type.")]
    [InlineData("WXP0001", "a §string\nb: string", "Found 'string', expected ':' and a type after 'a'.")]
    [InlineData("WXP0001", "a: string §b: string\nb: string", "Found 'b', expected the end of the member.")]
    [InlineData("WXP0001", "a: §= 5\nb: string", "Found '=', expected a type.")]
    [InlineData("WXP0001", "a: string §= 'x'\nb: string", "Found '=', expected the end of the member.")]
    [InlineData("WXP0001", "a: ('x' | 'y§'\nb: string", "Found the end of the line, expected ')' closing the '(' of line 11, column 4.")]
    [InlineData("WXP0001", "a: 'x' |\n  §, b: string", "Found ',', expected a type.")]
    [InlineData("WXP0001", "a: Array<string§\nb: string", "")]
    [InlineData("WXP0001", "a: string[§5\nb: string", "")]
    [InlineData("WXP0001", "[k: string§; b: string }", "")]
    [InlineData("WXP0001", "§* a: string\nb: string", "Found '*', expected the name of a member.")]
    [InlineData("WXP0001", "a: { x: §? ; y: string }\nb: string", "Found '?', expected a type.")]
    [InlineData("WXP0001", "a: `x§${y}`\nb: string", "a template literal without holes")]
    [InlineData("WXP0002", "a: §'x\nb: string", "The string that begins here is not closed; expected a closing ' on the same line")]
    [InlineData("WXP0003", "a§：string\nb: string", "Found '：' (U+FF1A), which is no part of a declaration. Write : instead.")]
    [InlineData("WXP0003", "a: string§；\nb: string", "Write ; instead.")]
    [InlineData("WXP0003", "a: §“x”\nb: string", "Write \" instead.")]
    [InlineData("WXP0003", "a: §\u200Bstring\nb: string", "Found '\u200B' (U+200B), which is no part of a declaration. Remove it; it is invisible.")]
    public void Errors_are_reported_at_their_place_and_the_next_member_is_read(string id, string members, string message)
    {
        var marked = Spec.Page(Spec.Body(members));
        var offset = marked.IndexOf('§', StringComparison.Ordinal);
        var text = marked.Remove(offset, 1);
        var result = Spec.Read(text);
        var first = result.Diagnostics[0];
        Assert.Equal((id, SpecSeverity.Error), (first.Descriptor.Id, first.Descriptor.Severity));
        if (message.Length > 0)
        {
            Assert.Equal(offset, first.Range.Start);
            Assert.Contains(message, first.Message, StringComparison.Ordinal);
        }

        var line = text.Take(first.Range.Start).Count(c => c == '\n');
        var column = first.Range.Start - (text.LastIndexOf('\n', first.Range.Start - 1) + 1);
        Assert.Equal((line, column), (first.Range.StartLine, first.Range.StartCharacter));
        Assert.StartsWith("specs/sample.md(" + (line + 1) + "," + (column + 1) + "): error " + id + ": ", first.ToString(), StringComparison.Ordinal);
        var operation = Assert.Single(result.File.Operations);
        if (message.Length > 0) Assert.Contains(operation.Body.Members, m => m.WireName is "b" or "a");
    }

    [Fact]
    public void A_broken_member_is_left_out_and_all_errors_are_reported()
    {
        var text = Spec.Page(Spec.Post("""
            interface JsonDataRequest {
              first: string
              broken one: string
              second: { x: string, y z: string, w: number }
              third = 5
              fourth: ('A' | )[]
              fifth: boolean
            }
            interface WellformedResponse { ok: string; bad: ; good: string }
            """));
        var result = Spec.Read(text);
        Assert.Equal(["WXP0001", "WXP0001", "WXP0001", "WXP0001", "WXP0001"], Spec.Ids(result));
        Assert.Equal(["one", "z", "=", ")", ";"], result.Diagnostics.Select(d => Spec.Marked(text, d)));
        var operation = Assert.Single(result.File.Operations);
        Assert.Equal(["first: Text", "second: SamplePostRequestSecond { x: Text, w: Integer }", "fifth: Boolean"], operation.Body.Members.Select(m => m.WireName + ": " + Spec.Show(m.Type)));
        Assert.Equal(["ok", "good"], operation.Response.Members.Select(m => m.WireName));
    }

    [Fact]
    public void A_missing_brace_costs_one_error_and_no_other_declaration()
    {
        var text = Spec.Page("""
            namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {
              export interface JsonDataRequest {
                outer: {
                  inner: {
                    x: string
                next: string
              }
              export interface WellformedResponse { y: string }
            }
            namespace WeChatPay.OpenAPI.V3.B.PostHttpMethod {
              export interface JsonDataRequest { z: string }
            }
            """);
        var result = Spec.Read(text);
        var diagnostic = Spec.Only(result);
        Assert.Equal("WXP0001", diagnostic.Descriptor.Id);
        Assert.Contains("Found 'export', expected '}' closing the '{' of", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(["POST /v3/a", "POST /v3/b"], result.File.Operations.Select(o => o.Key));
        Assert.Equal(["y"], result.File.Operations[0].Response.Members.Select(m => m.WireName));
    }

    [Fact]
    public void A_brace_too_many_costs_one_error_and_no_other_declaration()
    {
        var result = Spec.Read(Spec.Page("""
            namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {
              export interface JsonDataRequest {
                a: string
                }
                b: string
                c: { d: string }
                e: string
              }
              export interface WellformedResponse { y: string }
            }
            namespace WeChatPay.OpenAPI.V3.B.PostHttpMethod {
              export interface JsonDataRequest { z: string }
            }
            """));
        Assert.Contains("Found 'b'", Spec.Only(result).Message, StringComparison.Ordinal);
        Assert.Equal(["POST /v3/a", "POST /v3/b"], result.File.Operations.Select(o => o.Key));
    }

    [Fact]
    public void A_namespace_that_is_not_closed_does_not_swallow_the_next()
    {
        var result = Spec.Read(Spec.Page("""
            namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {
              export interface JsonDataRequest { a: string }
            namespace WeChatPay.OpenAPI.V3.B.PostHttpMethod {
              export interface JsonDataRequest { b: string }
            }
            """));
        Assert.Contains("Found 'namespace'", Spec.Only(result).Message.Replace("'WeChatPay'", "'namespace'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["POST /v3/a", "POST /v3/b"], result.File.Operations.Select(o => o.Key));
    }

    [Theory]
    [InlineData("}\n@")]
    [InlineData("interface { a: string }\n@")]
    [InlineData("interface X\n@")]
    [InlineData("interface X extends { a: string }\n@")]
    [InlineData("type X\n@")]
    [InlineData("type X = \n@")]
    [InlineData("namespace\n@")]
    [InlineData("namespace 5 { }\n@")]
    [InlineData("var\n@")]
    [InlineData("hello world\n@")]
    [InlineData("wxpay.v3.pay({ a, b: { c } })\n@")]
    [InlineData("interface X<T { a: string }\n@")]
    public void An_error_in_one_declaration_leaves_the_next(string text)
    {
        var result = Spec.Read(Spec.Page(text.Replace("@", Spec.Body("a: string"), StringComparison.Ordinal)));
        Assert.NotEmpty(result.Diagnostics);
        Assert.All(result.Diagnostics, d => Assert.Equal(SpecSeverity.Error, d.Descriptor.Severity));
        Assert.Equal(["a"], Assert.Single(result.File.Operations).Body.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("import { A,\n  B } from 'x'\n%")]
    [InlineData("import 'x'\n%")]
    [InlineData("import * as x from \"x\";\n%")]
    [InlineData("import x = require('x')\n%")]
    [InlineData("export { x, y }\n%")]
    [InlineData("export * from 'x'\n%")]
    [InlineData("declare module 'x' { interface Y { a: ??? } }\n%")]
    [InlineData("declare global { interface Y { a: string } }\n%")]
    [InlineData("export default class X { a = 5 }\n%")]
    [InlineData("export const x = { a: [1, 2] }\n%")]
    [InlineData("function f(a: string): void { return }\n%")]
    [InlineData("enum E { A = 'a' }\n%")]
    [InlineData(";;\n%;")]
    [InlineData("/// <reference types=\"node\" />\n// comment\n/* comment */ /**/\n%")]
    [InlineData("interface Wechatpay { v3: WeChatPay.OpenAPI.V3 }\nvar wxpay: Wechatpay\n%")]
    [InlineData("%\n// @filename: business.js\nthis is { not parsed ( '")]
    [InlineData("%\n// ---cut---\nthis is { not parsed ( '")]
    public void Other_statements_are_passed_over(string text)
        => Assert.Equal(["a"], Spec.Operation(text.Replace("%", Spec.Body("a: string"), StringComparison.Ordinal)).Body.Members.Select(m => m.WireName));

    [Fact]
    public void Methods_and_index_signatures_beside_data_are_reported()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: string\nsend(): void\n(x: string): void\n[key: string]: string\nnew (): X")));
        Assert.Equal(["WXP0036", "WXP0036", "WXP0036", "WXP0036"], Spec.Ids(result));
        Assert.Equal(["a"], result.File.Operations[0].Body.Members.Select(m => m.WireName));
    }

    [Fact]
    public void At_most_a_hundred_problems_are_shown()
    {
        var result = Spec.Read(Spec.Page(Spec.Body(string.Concat(Enumerable.Repeat("a: ?\n", 500)))));
        Assert.Equal(101, result.Diagnostics.Count);
        Assert.Equal("WXP0008", result.Diagnostics[^1].Descriptor.Id);
        Assert.Equal(SpecSeverity.Info, result.Diagnostics[^1].Descriptor.Severity);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_are_counted_by_every_kind_of_line_end(string lineEnd)
    {
        var text = Spec.Page(Spec.Body("ok: string\n  bad: ?")).Replace("\n", lineEnd, StringComparison.Ordinal);
        var result = Spec.Read(text);
        if (lineEnd == "\r" && result.Diagnostics.IsEmpty) return; // Markdown without a single line feed is no page of anybody.
        var diagnostic = Spec.Only(result);
        Assert.Equal((11, 7), (diagnostic.Range.StartLine, diagnostic.Range.StartCharacter));
    }

    [Fact]
    public void Messages_hold_no_control_characters()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: 'x' 'y\u0007\u2028z'")));
        Assert.NotEmpty(result.Diagnostics);
        Assert.All(result.Diagnostics, d => Assert.DoesNotContain(d.Message, c => char.IsControl(c) || c == '\u2028'));
    }
}
