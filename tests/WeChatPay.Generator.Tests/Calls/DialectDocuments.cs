namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Documents of the full form, as another author writes them: no file says which members are optional.</summary>
internal static class DialectDocuments
{
    public static readonly SpecText[] All =
    [
        Page("openapi/v3/hall/mch_operate/{room_id}/delete.md", "post", """
            namespace WeChatPay.OpenAPI.V3.Hall.Mch_operate._room_id_.Delete.PostHttpMethod {
              export interface JsonDataRequest {
              }
              export interface RequestConfig extends AxiosRequestConfig {
                data?: JsonDataRequest
                room_id: number
              }
              export interface WellformedResponse {
              }
            }
            namespace WeChatPay.OpenAPI.V3.Hall.Mch_operate._room_id_ {
              export interface Delete {
                (data: Delete.PostHttpMethod.JsonDataRequest, config: Delete.PostHttpMethod.RequestConfig): AxiosPromise<Delete.PostHttpMethod.WellformedResponse>
                post(data: Delete.PostHttpMethod.JsonDataRequest, config: Delete.PostHttpMethod.RequestConfig): AxiosPromise<Delete.PostHttpMethod.WellformedResponse>
              }
            }
            namespace WeChatPay.OpenAPI.V3.Hall.Mch_operate {
              export interface _room_id_ {
                Delete: _room_id_.Delete
              }
            }
            namespace WeChatPay.OpenAPI.V3.Hall {
              export interface Mch_operate {
                '{room_id}': Mch_operate._room_id_
                $room_id$: Mch_operate._room_id_
                _room_id_: Mch_operate._room_id_
              }
            }
            """),
        Page("openapi/v3/hall/seats/{kind}/{seat_no}.md", "get", """
            namespace WeChatPay.OpenAPI.V3.Hall.Seats.$kind$._seat_no_.GetHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                _kind_: 'STALL' | 'BOX'
                seat_no: string | number
                params: {
                  seat_no: string
                  row?: number
                  free?: boolean
                  since?: string | Date
                  state: 'OPEN' | 'SOLD'
                  tags?: string[]
                }
                transformResponse: []
                timeout?: 400
              }
              export interface WellformedResponse {
                seat_no: string
                kind: 'STALL'
                state: 'OPEN' | string
                level: 1 | 2
                price: string | number
                sold_time: string | Date
                rows: string[][]
                notes: []
                extra: {}
                free: boolean
                marks: ('A' | 'B')[]
              }
            }
            """),
        Page("openapi/v3/hall/bookings/index.md", "post", """
            namespace WeChatPay.OpenAPI.V3.Hall.Bookings._empty_.PostHttpMethod {
              export enum Channel { Counter = 'COUNTER', Web = 'WEB' }
              interface Named { name: string; phone: string; note: string }
              export interface JsonDataRequest {
                out_no: string & {}
                channel: Channel
                limit: 'no_credit'
                kind: ('VIP' | 'GUEST')[]
                time_begin: string | Date
                code: string | number
                count: number
                is_paid: boolean
                guest: Omit<Named, 'note'>
                payment: { type: 'CARD', card_no: string } | { type: 'CASH', total: number }
                scores: number[]
                matrix: string[][]
                any: {}
                anys: []
                switch: string
                operator: string
                return: string
                lock: string
                params: string
              }
              export interface RequestConfig extends AxiosRequestConfig {
                data?: JsonDataRequest
                empty: ''
                params: {
                  mchid: string
                }
                headers: {
                  'Idempotency-Key'?: string
                  'Wechatpay-Serial': string
                }
              }
              export interface WellformedResponse {
                out_no: JsonDataRequest['out_no']
                channel: JsonDataRequest['channel']
                payment: { type: 'CARD', card_no: string } | { type: 'CASH', total: number }
              }
            }
            """),
        SpecText.Project("openapi/v3/hall/plans/{plan_id}.md", Head("计划") + """
            # 查询计划 {#get}

            {{ $frontmatter.description }} [官方文档](https://pay.weixin.qq.com/docs/plans.html?a=1&b=2)

            ```js twoslash
            // @filename: virtual.ts
            namespace WeChatPay.OpenAPI.V3.Hall.Plans._plan_id_.GetHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                plan_id: string
              }
              export interface WellformedResponse {
                plan_id: string
              }
            }
            ```

            # 修改计划 {#patch}

            ```js twoslash
            namespace WeChatPay.OpenAPI.V3.Hall.Plans._plan_id_.PatchHttpMethod {
              export interface JsonDataRequest { title: string }
              export interface RequestConfig extends AxiosRequestConfig {
                data?: JsonDataRequest
                plan_id: string
              }
              export interface WellformedResponse {
              }
            }
            ```

            # 替换计划 {#put}

            ::: danger 已下线 {.im-deprecated}
            :::

            ```js twoslash
            namespace WeChatPay.OpenAPI.V3.Hall.Plans._plan_id_.PutHttpMethod {
              export interface JsonDataRequest { title: string, items: { name: string, }[], }
              export interface RequestConfig extends AxiosRequestConfig {
                data?: JsonDataRequest
                plan_id: string
              }
              export interface WellformedResponse {
                title: string
              }
            }
            ```
            """.ReplaceLineEndings("\n") + "\n"),
        Page("openapi/hk/v3/hall.md", "get", """
            namespace WeChatPay.OpenAPI.Hk.V3.Hall.GetHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                baseURL: 'https://apihk.mch.weixin.qq.com/'
              }
              export interface WellformedResponse {
                hall: string
              }
            }
            """),
        Page("openapi/v3/hall/addSub.md", "post", """
            namespace WeChatPay.OpenAPI.V3.Hall.AddSub.PostHttpMethod {
              export interface JsonDataRequest { a: string }
              export interface WellformedResponse { a: string }
            }
            """),

        // What no document is known to use and every author of TypeScript may: generics, aliases, inheritance, intersections, maps, any.
        Page("openapi/v3/hall/forms.md", "post", """
            namespace WeChatPay.OpenAPI.V3.Hall.Forms.PostHttpMethod {
              // a remark
              type Id = string
              const state: 'OPEN' | 'SHUT';
              interface Base { readonly id: Id; note?: string | null }
              interface Page<T> { items: Array<T>, total: number, }
              /* another */
              export interface JsonDataRequest extends Base {
                "quoted-name": string;
                list: ReadonlyArray<string>, when: Date;
                map: Record<string, string>
                index: { [key: string]: number }
                free: any; unknown: unknown; thing: object
                big: bigint
                both: { a: string } & { b: number }
                page: Page<Base>
                wrapped: (('A' | 'B'))
                state: typeof state
                fixed: `fixed`
              }
              export interface RequestConfig<D = JsonDataRequest> extends AxiosRequestConfig {
                data?: D
              }
              export interface WellformedResponse extends Page<Base> {
                both: { a: string } & { b: number }
                state: typeof state
                map: Record<string, string>
                big: bigint
                when: Date
              }
            }
            """),
        Page("openapi/v3/hall/closures.md", "delete", """
            namespace WeChatPay.OpenAPI.V3.Hall.Closures.DeleteHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                data: { reason: string, days?: number }
              }
              export interface WellformedResponse {
              }
            }
            """),

        // Siblings whose names could meet: the node of the first, the namespace of the second.
        Page("openapi/v3/hall/foo.md", "post", "namespace WeChatPay.OpenAPI.V3.Hall.Foo.PostHttpMethod { export interface JsonDataRequest { a: string }\nexport interface WellformedResponse { a: string } }"),
        Page("openapi/v3/hall/foo-resource/x.md", "post", "namespace WeChatPay.OpenAPI.V3.Hall.FooResource.X.PostHttpMethod { export interface JsonDataRequest { a: string }\nexport interface WellformedResponse { a: string } }"),
        Page("openapi/v3/hall/foo-post-request/x.md", "post", "namespace WeChatPay.OpenAPI.V3.Hall.FooPostRequest.X.PostHttpMethod { export interface JsonDataRequest { a: string }\nexport interface WellformedResponse { a: string } }"),
    ];

    /// <summary>Those with a mistake of which the documents are known; each gives the warning with this id.</summary>
    public static readonly (string Id, SpecText Document)[] Mistaken =
    [
        ("WXP0040", Page("openapi/v3/hall/tickets/{ticket_no}/shows/{show_id}.md", "get", """
            namespace WeChatPay.OpenAPI.V3.Hall.Tickets._ticket_no_.Shows._show_id_.GetHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                params: {
                  ticket_no: string
                  show_id: number
                  mchid: string
                }
              }
              export interface WellformedResponse {
                ticket_no: string
              }
            }
            """)),
        ("WXP0041", Page("openapi/v3/hall/doors.md", "delete", """
            namespace WeChatPay.OpenAPI.V3.Hall.Doors.DeleteHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig {
                'Wechatpay-Negative-Test': string
              }
              export interface WellformedResponse {
              }
            }
            """)),
    ];

    private static string Head(string title) => $"---\ntitle: {title}\ndescription: 说明，用于商户侧。\n---\n\n";

    private static SpecText Page(string path, string verb, string declarations) => SpecText.Project(path, Head("标题") + $$$"""
        # {{ $frontmatter.title }} {#{{{verb}}}}

        {{ $frontmatter.description }} [官方文档](https://pay.weixin.qq.com/docs/a.html?b=1&c=2)

        > [!IMPORTANT]
        > 1. 金额单位为分 <100>

        ```js twoslash
        // @filename: virtual.ts
        /// <reference types="node" />
        import { AxiosRequestConfig, AxiosPromise } from 'axios'
        {{{declarations.ReplaceLineEndings("\n").Replace("\n", "\n        ", StringComparison.Ordinal)}}}
        export interface Wechatpay {
          /**
           * APIv3 endpoint
           */
          v3: WeChatPay.OpenAPI.V3
        }
        export var wxpay: Wechatpay
        // @filename: business.js
        import { wxpay } from './virtual'
        // ---cut---
        wxpay.v3.hall['{room_id}'].post({ a, b: `c${d}` })
        //                         ^^^^
        .then(
          ({ // [!code hl:35]
            data,
          }) => data
        )
        ```
        """.ReplaceLineEndings("\n") + "\n");
}
