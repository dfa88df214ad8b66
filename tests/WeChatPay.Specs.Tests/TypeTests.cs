using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>What each form of a type becomes.</summary>
public sealed class TypeTests
{
    [Theory]
    [InlineData("string", "Text")]
    [InlineData("number", "Integer")]
    [InlineData("bigint", "Integer")]
    [InlineData("boolean", "Boolean")]
    [InlineData("true", "Boolean")]
    [InlineData("true | false", "Boolean")]
    [InlineData("Date", "Time DateTime")]
    [InlineData("string | Date", "Time DateTime")]
    [InlineData("(Date | string)", "Time DateTime")]
    [InlineData("string | number", "TextOrNumber")]
    [InlineData("'A' | 1", "TextOrNumber")]
    [InlineData("1 | 2", "Integer")]
    [InlineData("400", "Integer")]
    [InlineData("-1 | 0xFF | 1e3 | 1_000 | 10n", "Integer")]
    [InlineData("any", "Json")]
    [InlineData("unknown", "Json")]
    [InlineData("object", "Json")]
    [InlineData("{}", "Json")]
    [InlineData("null", "Json")]
    [InlineData("Record<string, string>", "Json")]
    [InlineData("{ [key: string]: number }", "Json")]
    [InlineData("string[]", "List of Text")]
    [InlineData("number[]", "List of Integer")]
    [InlineData("Array<boolean>", "List of Boolean")]
    [InlineData("ReadonlyArray<string>", "List of Text")]
    [InlineData("readonly string[]", "List of Text")]
    [InlineData("[]", "List of Json")]
    [InlineData("[string, string]", "List of Text")]
    [InlineData("[name: string, second?: string]", "List of Text")]
    [InlineData("[string, number]", "List of Json")]
    [InlineData("(string | Date)[]", "List of Time DateTime")]
    [InlineData("string | null", "Text")]
    [InlineData("undefined | number | null", "Integer")]
    [InlineData("{ x: string } | null", "SamplePostRequestA { x: Text }")]
    [InlineData("'A' | 'B'", "SamplePostRequestA (A=A, B=B)")]
    [InlineData("| 'A'\n  | \"B\"\n  | `C`", "SamplePostRequestA (A=A, B=B, C=C)")]
    [InlineData("('A' | 'B')[]", "List of SamplePostRequestA (A=A, B=B)")]
    [InlineData("'OK' | string", "SamplePostRequestA (Ok=OK)")]
    [InlineData("'A' | 'A'", "SamplePostRequestA (A=A)")]
    [InlineData("{ x: string; y?: number, z: boolean }", "SamplePostRequestA { x: Text, y: Integer, z: Boolean }")]
    [InlineData("{ x: string\n y: { z: 'Q' }[] }", "SamplePostRequestA { x: Text, y: List of SamplePostRequestAY { z: SamplePostRequestAYZ (Q=Q) } }")]
    [InlineData("{ x: string } & { y: number }", "SamplePostRequestA { x: Text, y: Integer }")]
    [InlineData("Partial<{ x: string }>", "SamplePostRequestA { x: Text }")]
    [InlineData("WeChatPay.Models.Transaction", "Shared Transaction")]
    [InlineData("WeChatPay.Models.Transaction[]", "List of Shared Transaction")]
    public void Types_have_a_form_in_the_model(string type, string expected) => Assert.Equal(expected, Spec.Show(Spec.Member("a: " + type).Type));

    [Theory]
    [InlineData("Inner", "interface Inner { x: string }", "SamplePostRequestA { x: Text }")]
    [InlineData("Inner[]", "type Inner = { x: string }", "List of SamplePostRequestA { x: Text }")]
    [InlineData("State", "type State = 'ON' | 'OFF'", "SamplePostRequestA (On=ON, Off=OFF)")]
    [InlineData("State | 'NEW'", "type State = 'ON' | 'OFF'", "SamplePostRequestA (On=ON, Off=OFF, New=NEW)")]
    [InlineData("Outer.Inner", "namespace Outer { export interface Inner { x: string } }", "SamplePostRequestA { x: Text }")]
    [InlineData("Page<string>", "interface Page<T> { items: T[]; count: number }", "SamplePostRequestA { items: List of Text, count: Integer }")]
    [InlineData("Page<Inner>", "interface Page<T = string> { items: T[] }\ninterface Inner { x: T }\ntype T = number", "SamplePostRequestA { items: List of SamplePostRequestAItems { x: Integer } }")]
    [InlineData("Page", "interface Page<T = number> { items: T[] }", "SamplePostRequestA { items: List of Integer }")]
    [InlineData("Sub", "interface Base { x: string; y: string }\ninterface Sub extends Base { y: number; z: boolean }", "SamplePostRequestA { y: Integer, z: Boolean, x: Text }")]
    [InlineData("Inner['x']", "interface Inner { x: 'P' | 'Q' }", "SamplePostRequestA (P=P, Q=Q)")]
    [InlineData("Inner['x']['y']", "interface Inner { x: { y: boolean } }", "Boolean")]
    [InlineData("Inner[number]", "type Inner = { x: string }[]", "SamplePostRequestA { x: Text }")]
    [InlineData("typeof sample", "declare var sample: { x: string }", "SamplePostRequestA { x: Text }")]
    public void References_within_a_file_are_written_out(string type, string declarations, string expected)
        => Assert.Equal(expected, Spec.Show(Spec.Member("a: " + type, declarations).Type));

    [Theory]
    [InlineData("string", "date-time", "Time DateTime")]
    [InlineData("string", "date", "Time Date")]
    [InlineData("string", "yyyy-MM-dd", "Time Date")]
    [InlineData("string", "yyyyMMdd", "Time CompactDate")]
    [InlineData("string", "yyyyMMddHHmmss", "Time CompactDateTime")]
    [InlineData("string", "yyyy-MM-dd HH:mm:ss", "Time SpacedDateTime")]
    [InlineData("string", "unix-seconds", "Time UnixSeconds")]
    [InlineData("number", "unix-seconds", "Time UnixSeconds number")]
    [InlineData("number", "yyyyMMdd", "Time CompactDate number")]
    [InlineData("string | Date", "yyyyMMddHHmmss", "Time CompactDateTime")]
    [InlineData("string[]", "date", "List of Time Date")]
    [InlineData("number", "int32", "Integer")]
    [InlineData("number", "int64", "Integer")]
    [InlineData("number", "uint64", "UnsignedInteger")]
    [InlineData("number", "decimal", "Decimal")]
    [InlineData("string", "int64", "Text")]
    [InlineData("string", "decimal", "Text")]
    [InlineData("string", "byte", "Text")]
    [InlineData("string", "uri", "Text")]
    [InlineData("string", "json-string", "Text")]
    [InlineData("string", "urlencoded-string", "Text")]
    public void Formats_refine_text_and_numbers(string type, string format, string expected)
    {
        var member = Spec.Member("/** 说明 @format " + format + " @maxLength 32 */ a: " + type);
        Assert.Equal(expected, Spec.Show(member.Type));
        Assert.Equal(format, member.Constraints!.Format);
        Assert.Equal(32, member.Constraints.MaxLength);
        Assert.Equal("说明", member.Documentation.Title);
    }

    [Theory]
    [InlineData("WXP0030", "Missing", "Json")]
    [InlineData("WXP0030", "A.B.Missing<string>[]", "List of Json")]
    [InlineData("WXP0030", "XmlDataRequest['trade_type']", "Text")]
    [InlineData("WXP0030", "typeof missing", "Text")]
    [InlineData("WXP0030", "bool", "Boolean")]
    [InlineData("WXP0030", "int", "Integer")]
    [InlineData("WXP0031", "() => string", "Json")]
    [InlineData("WXP0031", "(a: string, b?: { c: number }) => void", "Json")]
    [InlineData("WXP0031", "new () => string", "Json")]
    [InlineData("WXP0031", "keyof X", "Json")]
    [InlineData("WXP0031", "string & { x: string } | { y: string }", "Json")]
    [InlineData("WXP0031", "string | { x: string }", "Json")]
    [InlineData("WXP0066", "string[][]", "List of Json")]
    [InlineData("WXP0066", "Array<Array<string>>", "List of Json")]
    [InlineData("WXP0031", "string | string[]", "Json")]
    [InlineData("WXP0031", "boolean | string", "Json")]
    [InlineData("WXP0031", "ReadStream", "Json")]
    public void What_has_no_form_is_raw_and_reported(string id, string type, string expected)
        => Assert.Equal(expected, Spec.Show(Spec.MemberWith(id, "a: " + type).Type));

    [Theory]
    [InlineData("number", "date-time")]
    [InlineData("number", "uri")]
    [InlineData("boolean", "int64")]
    [InlineData("string", "rfc3339")]
    [InlineData("string", "")]
    public void A_format_that_does_not_fit_is_reported(string type, string format) => Spec.MemberWith("WXP0047", "/** @format " + format + " */ a: " + type);

    [Fact]
    public void An_interface_that_holds_itself_ends_in_raw_json()
    {
        var member = Spec.MemberWith("WXP0032", "a: Node", "interface Node { name: string; children: Node[] }");
        Assert.Equal("SamplePostRequestA { name: Text, children: List of Json }", Spec.Show(member.Type));
    }

    [Fact]
    public void An_interface_used_twice_yields_two_classes_named_by_their_place()
    {
        var operation = Spec.Operation(Spec.Body("a: Inner\nb: Inner") + "\ninterface Inner { x: string }");
        Assert.Equal(["SamplePostRequestA { x: Text }", "SamplePostRequestB { x: Text }"], operation.Body.Members.Select(m => Spec.Show(m.Type)));
    }

    [Fact]
    public void Literals_keep_their_comment()
    {
        var type = Assert.IsType<EnumerationType>(Spec.Member("a: /** 现金 */ 'CASH' | /** 商品 */ 'GOODS' | 'OTHER'").Type);
        Assert.Equal(["现金", "商品", null], type.Enumeration.Literals.Select(l => l.Description));
    }

    [Theory]
    [InlineData("a: string\r\n, b?: number;c:boolean")]
    [InlineData("readonly a: string; 'b'?: number\n\"c\": boolean,")]
    [InlineData("a: string // comment\n/* x */ b?: /* y */ number\n// c: x\nc: boolean")]
    [InlineData("['a']: string\nb?: number\nc\n:\nboolean")]
    public void Separators_quotes_and_comments_make_no_difference(string members)
    {
        var expected = Spec.Operation(Spec.Body("a: string\nb?: number\nc: boolean"));
        Assert.Equal(expected, Spec.Operation(Spec.Body(members)));
    }

    [Theory]
    [InlineData(@"'\u4e2d\x41\u{1F600}\n\''", "\u4E2DA\U0001F600\n'")]
    [InlineData("'a\\\nb'", "ab")]
    [InlineData("`a\nb`", "a\nb")]
    [InlineData(@"'\\'", "\\")]
    [InlineData(@"'\u12'", "u12")]
    public void Escapes_in_literals_are_resolved(string literal, string value)
        => Assert.Equal(value, Assert.IsType<EnumerationType>(Spec.Member("a: " + literal).Type).Enumeration.Literals[0].WireValue);

    [Fact]
    public void Known_numbers_go_to_the_documentation()
    {
        Assert.Equal("1, 2", Spec.Member("/** 状态 */ a: 1 | 2").Documentation.Description);
        Assert.Equal("1 待审\n2 通过", Spec.Member("a: /** 待审 */ 1 | /** 通过 */ 2").Documentation.Description);
    }

    [Fact]
    public void Keywords_are_names_like_others()
    {
        string[] names =
        [
            "switch", "operator", "return", "lock", "delete", "file", "from", "data", "type", "interface", "namespace", "module", "export", "declare", "import", "readonly", "new",
            "typeof", "keyof", "abstract", "get", "set", "default", "class", "enum", "extends", "coupon_id_$n", "_", "$", "digest_alogrithm", "名称",
        ];
        foreach (var mark in new[] { ":", "?:" })
        {
            var members = Spec.Operation(Spec.Body(string.Join("\n", names.Select(n => n + mark + " string")))).Body.Members;
            Assert.Equal(names, members.Select(m => m.WireName));
            Assert.All(members, m => Assert.Matches(@"^[\p{L}_][\p{L}\p{N}_]*$", m.PropertyName));
        }
    }
}
