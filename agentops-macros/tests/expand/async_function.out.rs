/// Answers one question.
#[must_use]
pub fn answer(
    r#question: &str,
    r#retries: u32,
) -> impl ::core::future::Future<Output = Result<String, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<String, Error>>();
            }
            let question = r#question;
            let mut retries = r#retries;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("answer"),
                        "answer",
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
            {
                retries += 1;
                ask(question, retries).await
            }
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
fn unit() -> impl ::core::future::Future<Output = ()> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<()>();
            }
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("unit"),
                        "unit",
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
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
