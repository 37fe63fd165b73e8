impl Agent {
    fn add(
        mut self,
        r#list: Mutex<Vec<u32>>,
        __agentops_argument_2: String,
        __agentops_argument_3: (u32, u32),
    ) {
        let __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Task,
                    "add",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                );
                &__AGENTOPS_SITE
            },
            if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "list",
                            ::agentops::__private::content_of(&r#list)
                                .__agentops_content(),
                        ),
                        (
                            "arg2",
                            ::agentops::__private::content_of(&__agentops_argument_3)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        {
            let mut list = r#list;
            let __agentops_argument_2 = __agentops_argument_2;
            let __agentops_argument_3 = __agentops_argument_3;
            let (left, right) = __agentops_argument_3;
            list.lock().unwrap().push(left + right)
        }
    }
    #[track_caller]
    fn checked(&mut self, r#index: usize) -> &mut u32 {
        let mut __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Task,
                    "checked",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                );
                &__AGENTOPS_SITE
            },
            if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "index",
                            ::agentops::__private::content_of(&r#index)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        let __agentops_value: &mut u32 = {
            let index = r#index;
            {
                let place = Location::caller();
                &mut self.list[index]
            }
        };
        ::agentops::__private::conclude(
            &mut __agentops_scope,
            ::agentops::__private::returned(
                    ::agentops::__private::probe(&__agentops_value).__agentops_split(),
                )
                .__agentops_look(),
            true,
        );
        __agentops_value
    }
    fn forever(&self, r#queue: Queue) -> ! {
        let __agentops_scope = ::agentops::__private::begin(
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Task,
                    "forever",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                );
                &__AGENTOPS_SITE
            },
            if ::agentops::__private::wants_arguments() {
                ::agentops::__private::arguments(
                    &[
                        (
                            "queue",
                            ::agentops::__private::content_of(&r#queue)
                                .__agentops_content(),
                        ),
                    ],
                )
            } else {
                ::agentops::__private::no_arguments()
            },
        );
        {
            let queue = r#queue;
            loop {
                queue.next();
            }
        }
    }
}
