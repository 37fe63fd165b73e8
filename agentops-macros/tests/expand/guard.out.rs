fn run(mut count: u32, _: String) {
    let __agentops_guard = ::agentops::__private::guard(
        {
            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                ::core::option::Option::Some("run"),
                "run",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
                &[],
                &["count"],
            );
            &SITE
        },
        |__agentops_draft| {
            ::agentops::__private::record(__agentops_draft, &[&(count)]);
        },
    );
    count += 1;
    work(count);
}
pub(crate) fn declared() -> () {
    let __agentops_guard = ::agentops::__private::guard(
        {
            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                ::core::option::Option::Some("declared"),
                "declared",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
                &[],
                &[],
            );
            &SITE
        },
        |__agentops_draft| {
            ::agentops::__private::record(__agentops_draft, &[]);
        },
    );
    work(1)
}
